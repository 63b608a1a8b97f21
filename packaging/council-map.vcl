# Varnish 6 or later in front of Council Map. TLS ends before it, as with hitch or nginx. Start varnishd with
# `-p http_gzip_support=off`: the program compresses for itself, in brotli too, which Varnish would not ask for.
vcl 4.1;

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8080";
    .probe = {
        .url = "/ready";
        .interval = 2s;
        .timeout = 1s;
        .window = 4;
        .threshold = 2;
    }
}

acl publisher {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    # Only what this proxy writes counts, whatever a visitor sends.
    unset req.http.Forwarded;
    set req.http.X-Forwarded-Host = req.http.Host;
    set req.http.X-Forwarded-Proto = "https";
    # One answer kept for each coding, and not for each way of asking for it.
    if (req.http.Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    # No answer depends on them.
    unset req.http.Cookie;
    unset req.http.Authorization;

    # After a publication or a withdrawal: curl -X PURGE -H 'Surrogate-Key: council-map' http://127.0.0.1:6081/
    if (req.method == "PURGE") {
        if (!client.ip ~ publisher) {
            return (synth(405));
        }
        # A whole word of those of the page.
        if (req.http.Surrogate-Key !~ "^[a-z0-9-]+$") {
            return (synth(400));
        }
        ban("obj.http.Surrogate-Key ~ (^|\s)" + req.http.Surrogate-Key + "(\s|$)");
        return (synth(200, "Purged"));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (synth(405));
    }
}

sub vcl_backend_response {
    # How long is said by Cache-Control: half a minute at most, and never beyond the hour of a release that waits. What is old may be
    # shown only while the program does not answer.
    set beresp.grace = 0s;
    set beresp.keep = 10m;
    if (beresp.http.Content-Type ~ "sqlite3") {
        # Fetched in pieces, and long.
        set beresp.uncacheable = true;
    }
}

sub vcl_deliver {
    # It is for the cache, not for visitors.
    unset resp.http.Surrogate-Key;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}
