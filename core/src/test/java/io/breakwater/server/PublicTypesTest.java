package io.breakwater.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The public types of the packages that the modules of core and ports export. The list is in {@code public-types.txt}.
 *
 * <p>Add a type to the list only if it is meant for callers: for embedders, for adapters or for interceptors. Otherwise
 * make the type package-private, or move it to a package that is not exported.
 */
class PublicTypesTest {
    private static final String CLASS = ".class";

    @Test
    void aNewPublicTypeIsAConsciousDecisionBecauseAReleaseCannotTakeItBack() throws Exception {
        var types = new ArrayList<>(publicTypes(moduleOf(Breakwater.class), Breakwater.class.getClassLoader()));
        types.addAll(publicTypes(moduleOf(Json.class), Json.class.getClassLoader()));

        assertThat(types)
                .as("public types; is a new one meant for callers? Then add it to public-types.txt")
                .containsExactlyInAnyOrderElementsOf(list());
    }

    @Test
    void findsThePublicTypesOfExportedPackagesOnly(@TempDir Path folder) throws Exception {
        var sources = Files.createDirectories(folder.resolve("sources"));
        var classes = folder.resolve("classes");
        compile(
                classes,
                write(sources, "module-info.java", "module planted { exports shown; exports some to java.base; }"),
                write(sources, "shown/Seen.java", """
                        package shown;
                        public class Seen {
                            public record Inner() {}
                            record Hidden() { public enum Deep {} }
                            Runnable anonymous = new Runnable() { public void run() {} };
                        }
                        class Beside {}
                        """),
                write(sources, "some/Qualified.java", "package some; public class Qualified {}"),
                write(sources, "inside/Kept.java", "package inside; public class Kept {}"));
        var module = ModuleFinder.of(classes).find("planted").orElseThrow();
        var configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("planted"));
        var layer = ModuleLayer.boot().defineModulesWithOneLoader(configuration, null);

        assertThat(publicTypes(module, layer.findLoader("planted")))
                .containsExactlyInAnyOrder("shown.Seen", "shown.Seen$Inner");
    }

    private static List<String> publicTypes(ModuleReference module, ClassLoader loader) throws IOException {
        var exported = module.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        try (var reader = module.open();
                var names = reader.list()) {
            return names.filter(name -> name.endsWith(CLASS))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .filter(name -> exported.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
                    .filter(name -> isPublic(name, loader))
                    .toList();
        }
    }

    private static boolean isPublic(String name, ClassLoader loader) {
        try {
            return Stream.<Class<?>>iterate(
                            Class.forName(name, false, loader), type -> type != null, Class::getEnclosingClass)
                    .allMatch(type -> Modifier.isPublic(type.getModifiers()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModuleReference moduleOf(Class<?> member) throws URISyntaxException {
        var location = member.getProtectionDomain().getCodeSource().getLocation();
        return ModuleFinder.of(Path.of(location.toURI())).findAll().iterator().next();
    }

    private static List<String> list() throws IOException {
        try (var file = requireNonNull(PublicTypesTest.class.getResourceAsStream("/public-types.txt"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static String write(Path folder, String name, String source) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source).toString();
    }

    private static void compile(Path classes, String... sources) {
        var arguments = Stream.concat(Stream.of("-d", classes.toString(), "-proc:none"), Stream.of(sources))
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }
}
