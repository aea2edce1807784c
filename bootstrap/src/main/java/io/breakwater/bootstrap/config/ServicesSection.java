package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.ServiceSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the HTTP services, each from a section with its name. */
final class ServicesSection {
    static final String DESCRIPTION = "The HTTP services that tools may call, each below its name, for example"
            + " `orders: {urls: [\"http://10.0.0.7:8080\"]}`.";

    private static final String SERVICE = "One HTTP service. Exactly one of `urls`, `dns`, `srv` and `file` says where"
            + " its instances are, and at most one of `api-key`, `bearer-token`, `basic` and `oauth2` how the server"
            + " authenticates.";

    private static final Predicate<String> NAME =
            Pattern.compile(ServiceSection.NAME).asMatchPredicate();

    private final SectionReader services;
    private final Map<String, String> nameOfVariable = new HashMap<>();
    private final Map<String, ServiceSettings> read = new LinkedHashMap<>();

    private ServicesSection(SectionReader services) {
        this.services = services;
    }

    static List<ServiceSettings> read(SectionReader services) {
        return new ServicesSection(services).read();
    }

    /** The files, the command line and the environment can name services. */
    private List<ServiceSettings> read() {
        services.writtenNames().stream().filter(this::isValid).forEach(this::add);
        ServiceSection.SOURCES.stream()
                .flatMap(setting -> services.overridingNames(setting).stream())
                .distinct()
                .filter(name -> NAME.test(name) && !nameOfVariable.containsKey(variable(name)))
                .forEach(this::add);
        return List.copyOf(read.values());
    }

    private boolean isValid(String name) {
        var same = nameOfVariable.get(variable(name));
        if (!NAME.test(name)) {
            services.refuseName(name, "'" + name + "' is not the name of a service", "write " + ServiceSection.ALLOWED);
        } else if (same != null) {
            services.refuseName(
                    name,
                    "its variables, such as " + ServiceCredentialsSection.variable(name) + ", are also those of the"
                            + " service '" + same + "'",
                    "rename one of the two");
        }
        return NAME.test(name) && same == null;
    }

    private void add(String name) {
        nameOfVariable.put(variable(name), name);
        var settings = ServiceSection.read(
                name,
                services.section(name, SERVICE),
                () -> services.refuseName(name, ServiceSection.NO_INSTANCES, ServiceSection.REMEDY));
        if (settings != null) {
            read.put(name, settings);
        }
    }

    private static String variable(String name) {
        return EnvironmentSource.named(name);
    }
}
