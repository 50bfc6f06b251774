const CATALOGUE = {{ page.contents | jsonld }};
CATALOGUE.summaries = {};
