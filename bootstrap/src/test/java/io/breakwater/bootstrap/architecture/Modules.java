package io.breakwater.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.breakwater.server.execution.ServerExecutors;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The main classes of all modules, and the names of the packages in the rules. */
final class Modules {

    static final String ROOT = "io.breakwater";
    static final String PORTS = ROOT + ".port";
    static final String CORE = ROOT + ".core";

    /** The packages of core that embedders import. */
    static final String SERVER = ROOT + ".server";

    static final String ADAPTERS = ROOT + ".adapter";
    static final String BOOTSTRAP = ROOT + ".bootstrap";

    /** Packages of core that rules name, and that contain classes. */
    static final List<String> NON_EMPTY_PACKAGES = List.of(
            "presentation",
            "presentation.json",
            "presentation.catalog",
            "presentation.codec",
            "validation",
            "business",
            "data",
            "data.session",
            "data.processing",
            "data.authentication",
            "data.cache",
            "data.ratelimit",
            "data.service",
            "metrics");

    /** Packages of core that rules name, planned and still empty. Move a name up with its first class. */
    static final List<String> EMPTY_PACKAGES = List.of("presentation.declared");

    /** Libraries of core that rules name. */
    static final List<String> USED_LIBRARIES = List.of(
            "tools.jackson..",
            "com.networknt.schema..",
            "com.dashjoin.jsonata..",
            "com.github.benmanes.caffeine..",
            "dev.failsafe..",
            "io.micrometer..");

    private Modules() {}

    /** Returns all classes that we ship, without tests and test kits. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-testkit"))
                .importPackages(ROOT);
    }

    /** Returns whether a package of core is not exported by its module descriptor. */
    static boolean isInsideCore(String name) {
        return (isUnder(CORE, name) || isUnder(SERVER, name)) && !EXPORTED.contains(name);
    }

    private static boolean isUnder(String root, String name) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    private static final Set<String> EXPORTED = exportsOf(ServerExecutors.class);

    private static Set<String> exportsOf(Class<?> anyOfTheModule) {
        try {
            var place = Path.of(anyOfTheModule
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ModuleFinder.of(place).findAll().iterator().next().descriptor().exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
