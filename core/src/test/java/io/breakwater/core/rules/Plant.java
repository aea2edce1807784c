package io.breakwater.core.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.breakwater.sample.files.Scratch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Classes that violate a rule on purpose, because a rule that never fails proves nothing. They are given as source
 * text, compiled against the class path of the test, and never loaded.
 *
 * <pre>{@code
 * var guilty = Plant.of("""
 *         package com.acme.shop.business.orders;
 *         class Reads { java.sql.Connection connection; }
 *         """);
 * assertThatThrownBy(() -> rule.check(guilty)).hasMessageContaining("com.acme.shop.business.orders.Reads");
 * }</pre>
 */
public final class Plant {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private Plant() {}

    /** Compiles these sources, each with a package declaration and one top-level type, and imports the classes. */
    public static JavaClasses of(String... sources) {
        try {
            var folder = Files.createTempDirectory("plant");
            try {
                compile(List.of(sources), folder);
                return new ClassFileImporter().importPath(folder);
            } finally {
                Scratch.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(List<String> sources, Path folder) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var output = new StringWriter();
        var options = List.of(
                "-d", folder.toString(), "-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        var files = new ArrayList<JavaFileObject>();
        sources.forEach(source -> files.add(new Source(source)));
        if (!compiler.getTask(output, null, null, options, null, files).call()) {
            throw new IllegalArgumentException("The source of a violation does not compile:\n" + output);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("plant:///" + name(text).replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            return first(PACKAGE, text) + "." + first(TYPE, text);
        }

        private static String first(Pattern pattern, String text) {
            var matcher = pattern.matcher(text);
            if (!matcher.find()) {
                throw new IllegalArgumentException("The source of a violation must contain " + pattern + ":\n" + text);
            }
            return matcher.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
