package io.breakwater.core.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Every rule on code that keeps it, and on code that does not. */
class CodingRulesTest {

    private final CodingRules shop = CodingRules.under("com.acme.shop");

    @Test
    void soundCodeKeepsThemAll() {
        var sound = planted("""
                static final java.util.Map<String, Integer> PRICES = java.util.Map.of("tea", 3);
                private final Object needed;
                Planted(Object needed) { this.needed = needed; }
                java.util.List<Object> collect() { return new java.util.ArrayList<>(PRICES.values()); }
                """);

        assertThatCode(() -> shop.all().forEach(rule -> rule.check(sound))).doesNotThrowAnyException();
    }

    @Test
    void sleepIsFound() {
        assertBroken(shop.neverSleeps(), "void nap() throws Exception { Thread.sleep(10); }");
        assertBroken(shop.neverSleeps(), "void nap() throws Exception { Thread.sleep(java.time.Duration.ZERO); }");
    }

    @Test
    void oldDatesAreFound() {
        assertBroken(shop.usesNoLegacyDates(), "java.util.Date when;");
        assertBroken(shop.usesNoLegacyDates(), "Object when() { return new java.sql.Timestamp(0); }");
        assertBroken(shop.usesNoLegacyDates(), "Object when() { return java.util.Calendar.getInstance(); }");
    }

    @Test
    void fieldInjectionIsFound() {
        var inject = """
                package javax.inject;
                public @interface Inject {}
                """;
        var guilty = "package com.acme.shop; class Planted { @javax.inject.Inject Object needed; }";

        assertThatThrownBy(() -> shop.injectsNoFields().check(Plant.of(inject, guilty)))
                .hasMessageContaining("com.acme.shop.Planted.needed");
    }

    @Test
    void changingStaticsAreFound() {
        assertBroken(shop.hasOnlyFinalStaticFields(), "static int count;");
    }

    @Test
    void mutableStaticCollectionsAreFound() {
        assertBroken(
                shop.hasNoMutableStaticCollections(),
                "static final java.util.concurrent.ConcurrentHashMap<String, String> SEEN = seen();"
                        + "static java.util.concurrent.ConcurrentHashMap<String, String> seen() { return null; }");
        assertBroken(
                shop.hasNoMutableStaticCollections(),
                "static final java.util.List<String> SEEN = new java.util.ArrayList<>();");
    }

    @Test
    void theConsoleIsFoundOutsideOfItsClasses() {
        var rule = shop.usesConsoleOnlyIn("com.acme.shop.Main");
        var main = """
                package com.acme.shop;
                class Main { void run() { new Thread() { public void run() { System.out.println(); } }; System.exit(1); } }
                """;

        assertThatCode(() -> rule.check(Plant.of(main, "package com.acme.shop; class Other {}")))
                .doesNotThrowAnyException();
        assertBroken(rule, "void say() { System.out.println(); }");
        assertBroken(rule, "int hear() throws Exception { return System.in.read(); }");
        assertBroken(rule, "void end() { System.exit(0); }");
        assertBroken(rule, "void end() { Runtime.getRuntime().halt(0); }");
    }

    private static void assertBroken(ArchRule rule, String code) {
        var guilty = planted(code);
        assertThatThrownBy(() -> rule.check(guilty)).hasMessageContaining("com.acme.shop.Planted");
    }

    private static JavaClasses planted(String code) {
        return Plant.of("package com.acme.shop;\nclass Planted {\n" + code + "\n}");
    }
}
