"use strict";
{% include "assets/js/text_size.js" %}

{% include "assets/js/printing.js" %}
