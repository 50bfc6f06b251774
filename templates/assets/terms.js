"use strict";
{% include "assets/js/terms_days.js" %}

{% include "assets/js/terms_page.js" %}
