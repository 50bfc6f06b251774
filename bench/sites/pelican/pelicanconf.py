"""Settings of Pelican for the benchmark: the page set of the others, and its content cache."""

SITENAME = "示例局政府信息公开"
SITEURL = ""
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
ARTICLE_PATHS = ["wj"]
STATIC_PATHS = ["fj"]
ARTICLE_URL = ARTICLE_SAVE_AS = "wj/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "{slug}.html"
TAG_URL = TAG_SAVE_AS = "archives/{slug}.html"
PAGINATED_TEMPLATES = {"category": 20}
DEFAULT_PAGINATION = 20
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {
    "extensions": ["markdown.extensions.meta", "markdown.extensions.tables"],
    "output_format": "html5",
}
