"use strict";
{% include "assets/js/filters.js" %}
