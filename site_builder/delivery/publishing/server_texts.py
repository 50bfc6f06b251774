"""The texts of the files for web servers, with places for what a site fills in.

Promise: they ask for nothing but what nginx and IIS bring along; a line that needs a further module
is a comment.
"""

from __future__ import annotations

# The policy that every page states for itself, without what only a page opened from a disk needs.
POLICY = (
    "default-src 'none'; connect-src 'self'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)

# Locations, not maps: those are for the whole server, and do not take long names unless it is told.
NGINX_REDIRECTS = r"""
# 由 site-builder publish --server-config 生成，不要改。有信息移动或者撤下以后，重新生成，
# 换掉这个文件，执行 nginx -s reload。

# 移动了的网址 → 现在的地方（301）
{moved}
# 撤下了的网址 → 写明原因的一页（410）
{gone}"""

NGINX = r"""
# 由 site-builder publish --server-config 生成的样子，按本单位的情况改。
# 证书和 https 由维护人员加上。{where}
server {
    listen 80;
    server_name {host};
    server_tokens off;
    absolute_redirect off;
    disable_symlinks off;

    # 文件是什么类型，只按这里的；nginx 自带的表里没有 csv。
    charset utf-8;
    charset_types {texts};
    default_type {unknown};
    types {
{types}    }

    # 发布时已经压缩好的 .gz；装了 brotli 模块的，去掉 brotli_static 前面的 #。
    gzip_static on;
    gzip_vary on;
    # brotli_static on;

    add_header Content-Security-Policy "{policy}" always;
    add_header X-Content-Type-Options "nosniff" always;
    add_header Referrer-Policy "no-referrer" always;
    add_header Cache-Control "no-cache" always;

    error_page 404 {prefix}/404.html;
    error_page 403 =404 {prefix}/404.html;

    location {prefix}/ {
        {files}
        index index.html;
    }
{above}
    # 移动、撤下了的网址。这个文件与 nginx.conf 放在同一个文件夹，或者写出它在哪里。
    include nginx-redirects.conf;

    # 撤下的说明页，只由 410 转来。
    location ^~ /.gone/ {
        internal;
        alias "{root}/";
    }

    # 发布程序自己的记录不给外面看。
    location ~ /\.(?!well-known/) { return 404; }
}
""".replace("{policy}", POLICY)

# For a site below another address of the server.
NGINX_ABOVE = r"""    location = {prefix} { return 301 {prefix}/; }

    # 上级网站自己的设置换掉这一行。
    location / { return 404; }
"""

IIS = """
<?xml version="1.0" encoding="utf-8"?>
<!-- 由 site-builder 生成。与 rewritemaps.config 一起放在网站的文件夹里；需要
     IIS 的 URL Rewrite 模块。撤下的网页在原来的网址上就是说明；撤下的附件转到旁边的说明页。 -->
<configuration>
  <system.webServer>
    <defaultDocument>
      <files><clear /><add value="index.html" /></files>
    </defaultDocument>
    <staticContent>
      <clientCache cacheControlMode="NoControl" />
{iis_types}    </staticContent>
    <httpErrors errorMode="Custom" existingResponse="Auto">
      <remove statusCode="403" /><remove statusCode="404" />
      <error statusCode="403" path="404.html" responseMode="File" />
      <error statusCode="404" path="404.html" responseMode="File" />
    </httpErrors>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
        <remove name="Content-Security-Policy" />
        <add name="Content-Security-Policy" value="{policy}" />
        <remove name="X-Content-Type-Options" />
        <add name="X-Content-Type-Options" value="nosniff" />
        <remove name="Referrer-Policy" />
        <add name="Referrer-Policy" value="no-referrer" />
        <remove name="Cache-Control" />
        <add name="Cache-Control" value="no-cache" />
      </customHeaders>
    </httpProtocol>
    <security>
      <requestFiltering>
        <hiddenSegments><add segment=".site_builder" /></hiddenSegments>
      </requestFiltering>
    </security>
    <rewrite>
      <rewriteMaps configSource="rewritemaps.config" />
      <rules>
        <rule name="移动" stopProcessing="true">
          <match url=".*" />
          <conditions><add input="{Moved:{URL}}" pattern="(.+)" /></conditions>
          <action type="Redirect" url="{C:1}" redirectType="Permanent" appendQueryString="false" />
        </rule>
        <rule name="撤下" stopProcessing="true">
          <match url=".*" />
          <conditions><add input="{Gone:{URL}}" pattern="(.+)" /></conditions>
          <action type="Redirect" url="{C:1}" redirectType="Found" appendQueryString="false" />
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
""".replace("{policy}", POLICY)

IIS_MAPS = """
<?xml version="1.0" encoding="utf-8"?>
<rewriteMaps>
  <rewriteMap name="Moved" defaultValue="">
{iis_moved}  </rewriteMap>
  <rewriteMap name="Gone" defaultValue="">
{iis_gone}  </rewriteMap>
</rewriteMaps>
"""
