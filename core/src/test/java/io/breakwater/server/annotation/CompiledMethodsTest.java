package io.breakwater.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.server.mcp.Call;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that are compiled without the names of parameters, and classes in named modules. */
class CompiledMethodsTest {
    private static final String IMPORTS = "import io.breakwater.server.annotation.*; ";
    private static final String METHOD =
            "@McpTool(description = \"Finds.\") public String find(String number) { return number; }";

    @TempDir
    Path classes;

    private Object unnamed(String members) throws ReflectiveOperationException, IOException {
        compile(List.of(), Map.of("Tools", IMPORTS + "public class Tools { " + members + " }"));
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return loader.loadClass("Tools").getConstructor().newInstance();
        }
    }

    @Test
    void refusesAParameterWhoseNameWasNotCompiled() throws Exception {
        var object = unnamed(METHOD);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethods.of(object))
                .withMessage("Tools.find: the name of parameter 1 is not in the class file. Compile with"
                        + " javac -parameters, or write @Arg(name = \"…\").");
    }

    @Test
    void usesTheNameInTheAnnotationInstead() throws Exception {
        var named = METHOD.replace(
                "String number", Call.class.getName() + " call, @Arg(name = \"order_number\") String number");
        try (var server = AnnotatedServer.of(unnamed(named))) {
            assertThat(server.text("find", "{'order_number':'7'}")).isEqualTo("7");
        }
    }

    /** A module whose exported package makes an object of a package that it keeps to itself. */
    private Object inModule(String directives) throws ReflectiveOperationException {
        compile(
                List.of("-parameters", "--add-reads", "shop=ALL-UNNAMED"),
                Map.of(
                        "module-info", "module shop { exports shop.api; " + directives + " }",
                        "shop/internal/Tools",
                                "package shop.internal; " + IMPORTS + "public class Tools { " + METHOD + " }",
                        "shop/api/Factory",
                                "package shop.api; public class Factory { public static Object make() {"
                                        + " return new shop.internal.Tools(); } }"));
        var boot = ModuleLayer.boot();
        var configuration = boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("shop"));
        var parent = CompiledMethodsTest.class.getClassLoader();
        var layer = ModuleLayer.defineModulesWithOneLoader(configuration, List.of(boot), parent);
        layer.addReads(layer.layer().findModule("shop").orElseThrow(), parent.getUnnamedModule());
        var factory = layer.layer().findLoader("shop").loadClass("shop.api.Factory");
        return factory.getMethod("make").invoke(null);
    }

    @Test
    void refusesAMethodInAPackageThatItsModuleDoesNotOpen() throws Exception {
        var object = inModule("");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethods.of(object))
                .withMessage("Tools.find: the server cannot call the method. Add to the module-info of its module:"
                        + " opens shop.internal;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opens shop.internal;", "exports shop.internal;"})
    void callsAMethodInAPackageThatItsModuleOpensOrExports(String directives) throws Exception {
        try (var server = AnnotatedServer.of(inModule(directives))) {
            assertThat(server.text("find", "{'number':'7'}")).isEqualTo("7");
        }
    }

    private void compile(List<String> options, Map<String, String> sources) {
        var all = Stream.concat(
                        Stream.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        options.stream())
                .toList();
        var units = sources.entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, all, null, units)
                        .call())
                .isTrue();
    }

    /** A source held in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
