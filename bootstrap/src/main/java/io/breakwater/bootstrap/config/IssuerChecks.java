package io.breakwater.bootstrap.config;

import java.util.HashSet;
import java.util.List;

/** Finds issuers of tokens that exclude each other, and a URL of the server for which they can issue no tokens. */
final class IssuerChecks {
    private final SectionReader auth;
    private final SectionReader http;

    IssuerChecks(SectionReader auth, SectionReader http) {
        this.auth = auth;
        this.http = http;
    }

    void check(AuthSettings settings) {
        if (!settings.issuers().isEmpty()) {
            checkNames(settings);
            checkPublicUrl(settings.publicUrl());
        }
    }

    private void checkNames(AuthSettings settings) {
        List<String> issuers =
                settings.issuers().stream().map(IssuerSettings::issuer).toList();
        var names = new HashSet<String>();
        issuers.stream()
                .filter(issuer -> !names.add(issuer))
                .distinct()
                .forEach(issuer -> refuse("the issuer '" + issuer + "' is in the list twice", "merge the two"));
        if (settings.jwt() != null && names.contains(settings.localIssuer())) {
            refuse(
                    "the issuer '" + settings.localIssuer() + "' is also auth.jwt-issuer",
                    "change auth.jwt-issuer, or remove the issuer");
        }
    }

    /** Clients use only https URLs, and http URLs of their own machine. */
    private void checkPublicUrl(String url) {
        if (url.contains(":0/")) {
            refuse("tokens are issued for the URL of the server, but http.port is 0", "set http.public-url");
        } else if (!UrlType.isIdentifier(url)) {
            refusePublicUrl(url);
        }
    }

    private void refusePublicUrl(String url) {
        if (url.equals(http.find(HttpSection.PUBLIC_URL))) {
            http.refuse(
                    HttpSection.PUBLIC_URL,
                    "the issuers in auth.issuers cannot issue tokens for '" + url + "'",
                    "write an https URL such as https://tools.example.com/mcp, or an http URL of this machine");
        } else {
            refuse(
                    "tokens are issued for the URL of the server, which is " + url,
                    "set http.public-url to the https URL that clients use");
        }
    }

    private void refuse(String what, String remedy) {
        auth.refuse(AuthSection.ISSUERS, what, remedy);
    }
}
