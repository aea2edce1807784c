package io.breakwater.core.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Every rule on a shop that keeps it, and on one that does not. */
class LayeringRulesTest {

    private static final String ORDERS = """
            package com.acme.shop.business.orders;
            public interface Orders { String find(String number); }
            """;
    private static final String ORDER_TOOL = """
            package com.acme.shop.presentation.tool;
            public record OrderTool(com.acme.shop.business.orders.Orders orders) {}
            """;
    private static final String STORED_ORDERS = """
            package com.acme.shop.data.orders;
            public record StoredOrders(io.breakwater.port.driven.CacheStore cache)
                    implements com.acme.shop.business.orders.Orders {
                public String find(String number) { return number; }
            }
            """;

    private final LayeringRules shop = LayeringRules.under("com.acme.shop");

    @Test
    void aSoundShopKeepsThemAll() {
        var sound = Plant.of(ORDERS, ORDER_TOOL, STORED_ORDERS);

        assertThatCode(() -> shop.all().forEach(rule -> rule.check(sound))).doesNotThrowAnyException();
    }

    @Test
    void anEmptyPackageIsFound() {
        assertBroken(
                shop.containsClassesIn("presentation", "business", "data"), "com.acme.shop.data", ORDERS, ORDER_TOOL);
    }

    @Test
    void aRuleOverNoClassesDoesNotHold() {
        var tool = "package com.acme.shop.presentation.tool; public interface Tool {}";
        var sentence = "No class is in com.acme.shop.presentation. Check the names of named(...) and the root of"
                + " under(...).";

        assertBroken(shop.presentationDoesNotDependOnData(), sentence, ORDERS);
        assertBroken(shop.containsClassesIn("presentation"), sentence, ORDERS);
        assertBroken(shop.businessIsIndependent(), "No class is in com.acme.shop.business.", tool);
        assertBroken(
                LayeringRules.under("com.acme.other").hasNoPackageCycles(),
                "No class is in com.acme.other. Check the root of under(...).",
                ORDERS);
    }

    @Test
    void aFeatureOutsideAPackageOfItsOwnIsFound() {
        var loose = """
                package com.acme.shop.business;
                public interface Loose {}
                """;

        assertBroken(
                shop.featuresDoNotDependOnEachOther(),
                "No class is in com.acme.shop.business.*: put each feature in a package below business.",
                loose);
    }

    @Test
    void presentationThatDependsOnDataIsFound() {
        var shortcut = """
                package com.acme.shop.presentation.tool;
                class Shortcut { com.acme.shop.data.orders.StoredOrders orders; }
                """;

        assertBroken(shop.presentationDoesNotDependOnData(), "Shortcut", ORDERS, STORED_ORDERS, shortcut);
    }

    @Test
    void dataThatDependsOnPresentationIsFound() {
        var backwards = """
                package com.acme.shop.data.orders;
                class Backwards { com.acme.shop.presentation.tool.OrderTool tool; }
                """;

        assertBroken(shop.dataDoesNotDependOnPresentation(), "Backwards", ORDERS, ORDER_TOOL, backwards);
    }

    @Test
    void businessThatUsesALibraryIsFound() {
        var convenient = """
                package com.acme.shop.business.orders;
                class Convenient { tools.jackson.databind.JsonNode node; }
                """;

        assertBroken(shop.businessIsIndependent(), "Convenient", convenient);
    }

    @Test
    void businessMayUseFurtherClasses() {
        var convenient = """
                package com.acme.shop.business.orders;
                class Convenient { tools.jackson.databind.JsonNode node; }
                """;
        var rule = shop.businessIsIndependent(resideInAPackage("tools.jackson.."));

        assertThatCode(() -> rule.check(Plant.of(convenient))).doesNotThrowAnyException();
    }

    @Test
    void businessMayUseDrivenPortsButNotDrivingOnes() {
        var driven = """
                package com.acme.shop.business.orders;
                class Driven {
                    io.breakwater.port.Json json;
                    io.breakwater.port.driven.Sessions sessions;
                    io.breakwater.port.driven.Sessions.Session session;
                }
                """;
        var driving = """
                package com.acme.shop.business.orders;
                class Driving { io.breakwater.port.driving.McpEndpoint endpoint; }
                """;

        assertThatCode(() -> shop.businessIsIndependent().check(Plant.of(driven)))
                .doesNotThrowAnyException();
        assertBroken(shop.businessIsIndependent(), "Driving", driving);
    }

    @Test
    void featuresThatDependOnEachOtherAreFound() {
        var users = """
                package com.acme.shop.business.users;
                class Users { com.acme.shop.business.orders.Orders theirs; }
                """;

        assertBroken(shop.featuresDoNotDependOnEachOther(), "Users", ORDERS, users);
    }

    @Test
    void aDrivenPortInPresentationIsFound() {
        var direct = """
                package com.acme.shop.presentation.tool;
                class Direct { io.breakwater.port.driven.CacheStore cache; }
                """;

        assertBroken(shop.onlyBusinessAndDataUseDrivenPorts("io.breakwater.port.driven"), "Direct", direct);
    }

    @Test
    void aPackageCycleIsFound() {
        var one = """
                package com.acme.shop.one;
                public class One { com.acme.shop.two.Two two; }
                """;
        var two = """
                package com.acme.shop.two;
                public class Two { com.acme.shop.one.One one; }
                """;

        assertBroken(shop.hasNoPackageCycles(), "Cycle detected", one, two);
    }

    @Test
    void layersWithOtherNamesHaveTheSameRules() {
        var renamed = LayeringRules.named("api", "domain", "infra").under("com.acme.shop");
        var sound = Plant.of(renamed(ORDERS), renamed(ORDER_TOOL), renamed(STORED_ORDERS));
        var shortcut = renamed("""
                package com.acme.shop.presentation.tool;
                class Shortcut { com.acme.shop.data.orders.StoredOrders orders; }
                """);
        var convenient = renamed("""
                package com.acme.shop.business.orders;
                class Convenient { tools.jackson.databind.JsonNode node; }
                """);
        var users = renamed("""
                package com.acme.shop.business.users;
                class Users { com.acme.shop.business.orders.Orders theirs; }
                """);
        var direct = renamed("""
                package com.acme.shop.presentation.tool;
                class Direct { io.breakwater.port.driven.CacheStore cache; }
                """);

        assertThatCode(() -> renamed.all().forEach(rule -> rule.check(sound))).doesNotThrowAnyException();
        assertBroken(
                renamed.presentationDoesNotDependOnData(),
                "api does not depend on infra",
                renamed(ORDERS),
                renamed(STORED_ORDERS),
                shortcut);
        assertBroken(renamed.businessIsIndependent(), "domain depends only on", convenient);
        assertBroken(renamed.featuresDoNotDependOnEachOther(), "Users", renamed(ORDERS), users);
        assertBroken(
                renamed.onlyBusinessAndDataUseDrivenPorts("io.breakwater.port.driven"),
                "only domain and infra use",
                direct);
    }

    @Test
    void layersWithOtherNamesAreMissingUnderTheUsualOnes() {
        var sound = Plant.of(renamed(ORDERS), renamed(ORDER_TOOL), renamed(STORED_ORDERS));

        assertThatThrownBy(() -> shop.all().forEach(rule -> rule.check(sound)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("com.acme.shop.presentation");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless embedder writes
    void namesThatWouldCheckNothingAreRefused() {
        assertThatThrownBy(() -> LayeringRules.named("api", "", "infra")).hasMessageContaining("needs a name");
        assertThatThrownBy(() -> LayeringRules.named("api", "domain", "api")).hasMessageContaining("are the same");
        assertThatThrownBy(() -> LayeringRules.named("api", null, "infra"))
                .hasMessage("named(...) does not accept null. Pass the package of each layer.");
    }

    private static String renamed(String source) {
        return source.replace("shop.presentation", "shop.api")
                .replace("shop.business", "shop.domain")
                .replace("shop.data", "shop.infra");
    }

    private static void assertBroken(ArchRule rule, String message, String... sources) {
        JavaClasses planted = Plant.of(sources);
        assertThatThrownBy(() -> rule.check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
