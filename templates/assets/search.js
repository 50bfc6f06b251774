"use strict";
{% include "assets/js/folding.js" %}

{% include "assets/js/search_index.js" %}

{% include "assets/js/search_hits.js" %}

{% include "assets/js/search_page.js" %}
