package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.CacheStore;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A third party that writes an adapter finds a contract for it. */
class ContractsTest {

    @Test
    void everyDrivenPortHasAContract() throws Exception {
        var ports = drivenPorts();

        assertThat(ports).contains("CacheStore", "SqlGateway").hasSizeGreaterThan(10);
        for (var port : ports) {
            var contract = Class.forName(ContractsTest.class.getPackageName() + "." + port + "Contract");
            assertThat(Modifier.isPublic(contract.getModifiers())).as(port).isTrue();
            assertThat(Modifier.isAbstract(contract.getModifiers())).as(port).isTrue();
        }
    }

    /** The names of the interfaces of the package; all other types, and sealed interfaces, are values. */
    private static List<String> drivenPorts() throws Exception {
        var one = Objects.requireNonNull(CacheStore.class.getResource("CacheStore.class"));
        var ports = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(Path.of(one.toURI()).getParent(), "*.class")) {
            for (var file : files) {
                var name = file.getFileName().toString().replace(".class", "");
                var type = Class.forName(CacheStore.class.getPackageName() + "." + name);
                if (type.isInterface() && !type.isSealed() && !type.isSynthetic() && type.getEnclosingClass() == null) {
                    ports.add(name);
                }
            }
        }
        return ports;
    }
}
