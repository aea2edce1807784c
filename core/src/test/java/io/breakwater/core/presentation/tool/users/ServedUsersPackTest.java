package io.breakwater.core.presentation.tool.users;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.UserStore.User;
import io.breakwater.port.memory.ForwardingUserStore;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.Limits;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pack in a whole server, over users in memory. */
class ServedUsersPackTest {
    private static final CallContext SCOPE = ManualCallContext.unhurried();

    private final SimulatedLink line = new SimulatedLink();
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
    private final Breakwater server = Breakwater.named("shop")
            .limits(Limits.STANDARD.withPageSize(3))
            .pack(new BuiltInPack.Users(new MemoryUserStore(line, clock)))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void createsReadsAndChangesAUser(ClientMode way) {
        try (var client = way.to(server).connect()) {
            var created = call(client, "create_user", "{'name':' Anna ','email':'Anna@example.com'}");
            assertThat(created)
                    .isEqualTo(json("{'status':'created','user':{'user_id':1,'name':'Anna','email':'Anna@example.com',"
                            + "'version':1,'created_at':'2026-03-01T12:00:00Z','updated_at':'2026-03-01T12:00:00Z'}}"));
            var found = call(client, "get_user", "{'user_id':1}");
            assertThat(found.text("status")).isEqualTo("found");
            assertThat(found.get("user")).isEqualTo(created.get("user"));

            var updated = call(client, "update_user", "{'user_id':1,'name':'Ann','version':1}");
            assertThat(updated.text("status")).isEqualTo("updated");
            var changed = updated.object("user");
            assertThat(changed.text("name")).isEqualTo("Ann");
            assertThat(changed.text("email")).isEqualTo("Anna@example.com");
            assertThat(changed.get("version")).isEqualTo(Json.of(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesAUserAfterAConfirmation(ClientMode way) {
        var messages = new ArrayList<String>();
        var asking = way.to(server).onServerRequest(request -> {
            messages.add(request.params().text("message"));
            return ClientResponses.accepted(json("{'confirm':true}"));
        });
        try (var client = asking.connect()) {
            var created = call(client, "create_user", "{'name':'Ann\u201D or nobody?','email':'ann@example.com'}");
            call(client, "update_user", "{'user_id':1,'email':'ann@example.org'}");
            assertThat(error(client, "delete_user", "{'user_id':1,'version':1}").text("code"))
                    .isEqualTo("CONFLICT");
            assertThat(error(client, "delete_user", "{'user_id':2}").text("code"))
                    .isEqualTo("NOT_FOUND");
            assertThat(messages).isEmpty();

            var deleted = call(client, "delete_user", "{'user_id':1,'version':2}");

            assertThat(deleted.text("status")).isEqualTo("deleted");
            assertThat(deleted.object("user").get("name"))
                    .isEqualTo(created.object("user").get("name"));
            assertThat(messages)
                    .containsExactly("Delete the user \"Ann' or nobody?\" with the email address"
                            + " \"ann@example.org\" and the user_id 1 for good?\n\n"
                            + "(tool delete_user, server shop, environment default)");
            assertThat(error(client, "get_user", "{'user_id':1}").text("code")).isEqualTo("NOT_FOUND");
            assertThat(call(client, "create_user", "{'name':'Ann','email':'ann@example.org'}")
                            .object("user")
                            .get("user_id"))
                    .isEqualTo(Json.of(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesNoUserWhoIsChangedAfterTheLastCheckOfTheConfirmation(ClientMode way) {
        var users = new MemoryUserStore(line, clock);
        users.create("Ann", "ann@example.com", SCOPE);
        var overtaken = new ForwardingUserStore(users) {
            @Override
            public Optional<User> delete(long id, @Nullable Long version, CallContext context) {
                users.update(id, new Change(null, "ann@example.org", null), context);
                return super.delete(id, version, context);
            }
        };
        try (var other = Breakwater.named("shop")
                        .pack(new BuiltInPack.Users(overtaken))
                        .build();
                var client = way.to(other)
                        .onServerRequest(request -> ClientResponses.accepted(json("{'confirm':true}")))
                        .connect()) {
            var refused = error(client, "delete_user", "{'user_id':1}");

            assertThat(refused.text("code")).isEqualTo("CONFLICT");
            assertThat(refused.text("message")).contains("is now at version 2");
        }
        assertThat(users.find(1, SCOPE)).map(User::email).contains("ann@example.org");
    }

    @Test
    void listsPageByPage() {
        try (var client = InMemoryClient.of(server)) {
            for (int i = 1; i <= 7; i++) {
                call(client, "create_user", "{'name':'User','email':'" + i + "@example.com'}");
            }

            var seen = new ArrayList<List<Json>>();
            var page = call(client, "list_users", "{}");
            seen.add(items(page, "users"));
            while (page.has("next_cursor")) {
                page = call(client, "list_users", "{'cursor':'" + page.text("next_cursor") + "'}");
                seen.add(items(page, "users"));
            }

            assertThat(seen).extracting(List::size).containsExactly(3, 3, 1);
            assertThat(seen.stream().flatMap(List::stream))
                    .extracting(user -> ((Json.Obj) user).get("user_id"))
                    .containsExactly(
                            Json.of(1), Json.of(2), Json.of(3), Json.of(4), Json.of(5), Json.of(6), Json.of(7));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    create_user | {'name':'Ben','email':'ANNA@example.com'}      | CONFLICT       | has this email address
                    create_user | {'name':'','email':'b@example.com'}            | INVALID_PARAMS | name
                    create_user | {'name':'Ben'}                                 | INVALID_PARAMS | email
                    create_user | {'name':'Ben','email':'ben'}                   | INVALID_PARAMS | email
                    create_user | {'name':'  ','email':'b@example.com'}          | INVALID_PARAMS | 1 to 200 characters
                    create_user | {'name':'Ben','email':'b@x','role':'admin'}    | INVALID_PARAMS | role
                    get_user    | {'user_id':2}                                  | NOT_FOUND      | There is no user 2.
                    get_user    | {'user_id':0}                                  | INVALID_PARAMS | user_id
                    get_user    | {'user_id':'1'}                                | INVALID_PARAMS | user_id
                    get_user    | {'user_id':99999999999999999999}               | INVALID_PARAMS | user_id
                    update_user | {'user_id':1}                                  | INVALID_PARAMS | Say what to change
                    update_user | {'user_id':1,'name':'Ann','version':2}         | CONFLICT       | is now at version 1
                    update_user | {'user_id':2,'name':'Ann'}                     | NOT_FOUND      | There is no user 2.
                    list_users  | {'cursor':'bm9uZQ'}                            | INVALID_PARAMS | Omit it
                    """)
    void saysWhatIsWrong(String tool, String arguments, String code, String words) {
        try (var client = InMemoryClient.of(server)) {
            call(client, "create_user", "{'name':'Anna','email':'anna@example.com'}");

            assertThat(error(client, tool, arguments).text("code")).isEqualTo(code);
            assertThat(error(client, tool, arguments).text("message")).contains(words);
        }
    }

    @Test
    void saysWhenTheStoreIsAway() {
        try (var client = InMemoryClient.of(server)) {
            line.cut();

            assertThat(error(client, "get_user", "{'user_id':1}").text("code")).isEqualTo("EXTERNAL_ERROR");
        }
    }

    @Test
    void theHintsAreTrue() {
        try (var client = InMemoryClient.of(server)) {
            var hints = client.tools().stream()
                    .map(tool ->
                            tool.text("name") + " " + tool.object("annotations").get("readOnlyHint") + " "
                                    + tool.object("annotations").get("destructiveHint"))
                    .toList();

            assertThat(hints)
                    .containsExactlyInAnyOrder(
                            "create_user false false",
                            "get_user true null",
                            "update_user false true",
                            "delete_user false true",
                            "list_users true null");
        }
    }

    private static Json.Obj call(McpClient client, String tool, String arguments) {
        var answer = client.call(tool, json(arguments));
        assertThat(answer.isError()).as(answer.text()).isFalse();
        return answer.structured();
    }

    private static Json.Obj error(McpClient client, String tool, String arguments) {
        var answer = client.call(tool, json(arguments));
        assertThat(answer.isError()).isTrue();
        return json(answer.text()).object("error");
    }
}
