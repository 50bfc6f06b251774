Object.assign(CATALOGUE.summaries, {{ page.contents | jsonld }});
