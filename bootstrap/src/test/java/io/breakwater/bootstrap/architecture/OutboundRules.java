package io.breakwater.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.breakwater.bootstrap.architecture.Modules.ADAPTERS;

import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.util.Arrays;

/** Rules for connections from the HTTP adapter to services: all go through the client that checks addresses. */
final class OutboundRules {
    private static final String HTTP = ADAPTERS + ".http";

    /** Types that open connections, or configure a library to do it. */
    private static final String CONNECTING =
            "io\\.vertx\\.core\\.http\\.(HttpClient.*|WebSocketClient.*|RequestOptions)"
                    + "|io\\.vertx\\.core\\.net\\.NetClient.*"
                    + "|io\\.netty\\.resolver\\.dns\\..*"
                    + "|java\\.net\\.http\\..*"
                    + "|java\\.net\\.(Socket|DatagramSocket|.*URLConnection)"
                    + "|java\\.nio\\.channels\\.(Asynchronous)?(Socket|Datagram)Channel"
                    + "|javax\\.net\\.(ssl\\.SSL)?SocketFactory"
                    + "|com\\.nimbusds\\..*\\.(DefaultResourceRetriever|HTTPRequest)";

    private OutboundRules() {}

    /**
     * Only these packages, relative to the adapter, open connections. Netty's {@code Bootstrap} may be mentioned
     * elsewhere, because a transport of Vert.x passes it on, but not called.
     */
    static ArchRule connectsOnlyIn(String... packages) {
        var inside =
                Arrays.stream(packages).map(name -> HTTP + "." + name + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(HTTP + "..")
                .and()
                .resideOutsideOfPackages(inside)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(CONNECTING)
                .orShould()
                .callMethodWhere(target(owner(assignableTo("io.netty.bootstrap.Bootstrap")))
                        .and(target(nameMatching("connect.*"))))
                .as("the HTTP adapter connects to services only in " + String.join(" and ", packages));
    }

    /** No package reads what a URL refers to with the JDK's own handlers, which check nothing. */
    static ArchRule readsNoUrls() {
        return noClasses()
                .that()
                .resideInAPackage(HTTP + "..")
                .should()
                .callMethod(URL.class, "openStream")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .orShould()
                .callMethod(URL.class, "getContent")
                .as("the HTTP adapter reads no URLs");
    }
}
