/** Names in every page below. `tasmota lite&a.bin` shows how each server writes what needs escaping. */
export const listedNames = ['tasmota%20lite&a.bin', 'tasmota-latest-lite.bin', 'tasmota-minimal.bin'];

/** Index pages as the servers write them, cut down; the served folder is `/fw/`. */
export const indexPages = {
  'nginx 1.22': `<html>
<head><title>Index of /fw/</title></head>
<body>
<h1>Index of /fw/</h1><hr><pre><a href="../">../</a>
<a href="old/">old/</a>                                     21-Nov-2026 10:11       -
<a href="tasmota%20lite%26a.bin">tasmota lite&amp;a.bin</a>           21-Nov-2026 10:11    9999
<a href="tasmota-latest-lite.bin">tasmota-latest-lite.bin</a>          21-Nov-2026 10:11  469840
<a href="tasmota-latest-lite.bin.sha256">tasmota-latest-lite.bin.sha256</a>   21-Nov-2026 10:11      90
<a href="tasmota-minimal.bin">tasmota-minimal.bin</a>              21-Nov-2026 10:11  381232
</pre><hr></body>
</html>`,
  'Apache 2.4, plain': `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head><title>Index of /fw</title></head><body><h1>Index of /fw</h1>
<ul><li><a href="/"> Parent Directory</a></li>
<li><a href="tasmota%20lite&amp;a.bin"> tasmota lite&amp;a.bin</a></li>
<li><a href="tasmota-latest-lite.bin"> tasmota-latest-lite.bin</a></li>
<li><a href="tasmota-minimal.bin"> tasmota-minimal.bin</a></li>
</ul></body></html>`,
  'Apache 2.4, fancy table': `<table>
<tr><th valign="top">&nbsp;</th><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=S;O=A">Size</a></th></tr>
<tr><td valign="top">&nbsp;</td><td><a href="tasmota%20lite&amp;a.bin">tasmota lite&amp;a.bin</a></td></tr>
<tr><td valign="top"><img src="/icons/binary.gif" alt="[   ]"></td><td><a href="tasmota-latest-lite.bin">tasmota-l..&gt;</a></td></tr>
<tr><td valign="top">&nbsp;</td><td><a href="tasmota-minimal.bin">tasmota-minimal.bin</a></td></tr>
</table>`,
  'lighttpd 1.4': `<!DOCTYPE html>
<html><head><title>Index of /fw/</title></head><body><h2>Index of /fw/</h2><div class="list"><table summary="Directory Listing">
<tbody><tr class="d"><td class="n"><a href="../">..</a>/</td><td class="m">&nbsp;</td></tr>
<tr><td class="n"><a href="tasmota%20lite%26a.bin">tasmota lite&#x26;a.bin</a></td><td class="t">application/octet-stream</td></tr>
<tr><td class="n"><a href="tasmota-latest-lite.bin">tasmota-latest-lite.bin</a></td></tr>
<tr><td class="n"><a href="tasmota-minimal.bin">tasmota-minimal.bin</a></td></tr>
</tbody></table></div><script>document.write('<a href="' + name + '">');</script></body></html>`,
  'darkhttpd 1.14': `<!DOCTYPE html>
<html><head><title>/fw/</title></head><body>
<h1>/fw/</h1>
<table border="0">
<tr><td><a href="../">..</a></td><td></td></tr>
<tr><td><a href="tasmota%20lite%26a.bin">tasmota lite&amp;a.bin</a></td><td>9999</td></tr>
<tr><td><a href="tasmota-latest-lite.bin">tasmota-latest-lite.bin</a></td><td>469840</td></tr>
<tr><td><a href="tasmota-minimal.bin">tasmota-minimal.bin</a></td><td>381232</td></tr>
</table></body></html>`,
  'webfs 1.21': `<head><title>mirror.example:8080/fw/</title></head>
<body bgcolor=white><h1>listing: <a href="/">/</a><a href="/fw/">fw/</a></h1><hr noshade size=1><pre>
-rw-r--r--  root  root  Nov 21 10:11     9 kB  <a href="tasmota%20lite&a.bin">tasmota lite&a.bin</a>
-rw-r--r--  root  root  Nov 21 10:11   458 kB  <a href="tasmota-latest-lite.bin">tasmota-latest-lite.bin</a>
-rw-r--r--  root  root  Nov 21 10:11   372 kB  <a href="tasmota-minimal.bin">tasmota-minimal.bin</a>
</pre></body>`,
  'the community mirror': `<!DOCTYPE html><html><body>
<p>Made for <a href="https://github.com/njh/sonoff-ota-flash-cli">a script</a>, see <a href="http://ota.tasmota.com/tasmota/">Tasmota</a>.</p>
<table class="primary"><tbody>
<tr><td><a href="http://mirror.example:8080/fw/tasmota%20lite%26a.bin">tasmota lite&amp;a.bin</a></td><td>9k</td></tr>
<tr><td><a href="http://mirror.example:8080/fw/tasmota-minimal.bin">tasmota-minimal.bin</a></td><td>381k</td></tr>
<tr><td><a href="http://mirror.example:8080/fw/tasmota-latest-lite.bin">tasmota-latest-lite.bin</a></td><td>517k</td></tr>
</tbody></table></body></html>`,
} as const;
