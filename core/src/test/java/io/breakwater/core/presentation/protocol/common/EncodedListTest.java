package io.breakwater.core.presentation.protocol.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.presentation.protocol.common.CatalogLists.ListFormat;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists that depend on the caller are encoded once for each set of visible items. */
class EncodedListTest {
    private static final int ROUNDS = 5;

    private static EncodedList list(AccessControl control, int items, int bytes) {
        var list = new EncodedList(
                TargetKind.TOOL, "tools", control, new ListFormat(items, false, Json.Obj.EMPTY, Json.Obj.EMPTY));
        var text = "x".repeat(bytes);
        for (int i = 0; i < items; i++) {
            var json = Json.object().put("name", "tool" + i).put("description", text);
            list.add("tool" + i, AccessRequirements.NONE, json.build());
        }
        return list.complete();
    }

    /** Each role sees one tool. */
    private static AccessControl oneForEachRole(int roles) {
        var rules = IntStream.range(0, roles)
                .mapToObj(i -> AccessRule.allow("rule " + i).onTools("tool" + i).forRoles("role" + i))
                .toArray(AccessRule[]::new);
        return new AccessControl(AccessRules.of(rules), null, fault -> {});
    }

    private static List<Principal> withRoles(int roles) {
        return IntStream.range(0, roles)
                .mapToObj(i -> Principal.of("user" + i).withRoles(Set.of("role" + i)))
                .toList();
    }

    private static int encodings(EncodedList list, List<Principal> callers) {
        var encodings = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        for (int i = 0; i < ROUNDS; i++) {
            callers.forEach(caller -> encodings.add(list.pages(caller)));
        }
        return encodings.size();
    }

    @Test
    void manySetsOfVisibleItemsStayEncoded() {
        assertThat(encodings(list(oneForEachRole(200), 200, 10), withRoles(200)))
                .isEqualTo(200);
    }

    @Test
    void manyCallersWhoSeeTheSameShareOneEncoding() {
        var control = new AccessControl(
                AccessRules.of(AccessRule.allow("all").onTools("*").forRoles("r")), null, fault -> {});
        var callers = IntStream.range(0, 10_000)
                .mapToObj(i -> Principal.of("user" + i).withRoles(Set.of("r")))
                .toList();

        assertThat(encodings(list(control, 10, 10), callers)).isEqualTo(1);
    }

    @Test
    void theBytesOfStoredPagesAreLimited() {
        var list = list(oneForEachRole(400), 400, 64 << 10);
        encodings(list, withRoles(400));

        assertThat(list.storedBytes()).isBetween(EncodedList.MAX_BYTES / 2, EncodedList.MAX_BYTES);
    }
}
