package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users and documents as a client sees them, in the server as it is shipped and a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreToolsTest {
    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private RunningServer server;
    private McpClient client;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = RunningServer.start(
                Map.of("STORE_URL", postgres.url(database, "postgres"), "BREAKWATER_LIMITS_PAGE_SIZE", "3"));
        client = McpClients.connect(server.endpoint());
        call("list_users", Json.object().build()); // answers when the tables are there
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        postgres.execute(database, "TRUNCATE breakwater.users RESTART IDENTITY");
    }

    @Test
    void aUserIsCreatedReadAndChanged() {
        var created = call("create_user", user("Ada", "ada@example.com")).object("user");

        assertThat(created.get("user_id")).isEqualTo(Json.of(1));
        assertThat(created.get("version")).isEqualTo(Json.of(1));
        assertThat(found(1)).isEqualTo(created);
        var changed = call(
                        "update_user",
                        number(1).put("name", "Ada L.").put("version", 1).build())
                .object("user");
        assertThat(changed.text("name")).isEqualTo("Ada L.");
        assertThat(changed.get("version")).isEqualTo(Json.of(2));
        assertThat(found(1)).isEqualTo(changed);
    }

    private Json.Obj found(int user) {
        return call("get_user", number(user).build()).object("user");
    }

    @Test
    void losesNoConcurrentUpdate() {
        call("create_user", user("Ada", "ada@example.com"));
        call("update_user", number(1).put("name", "first").put("version", 1).build());

        assertThat(error(
                        "update_user",
                        number(1).put("name", "second").put("version", 1).build()))
                .contains("\"code\":\"CONFLICT\"", "version 2");
        assertThat(found(1).text("name")).isEqualTo("first");
    }

    @Test
    void noTwoUsersHaveTheSameAddress() {
        call("create_user", user("Ada", "ada@example.com"));
        call("create_user", user("Bob", "bob@example.com"));

        assertThat(error("create_user", user("Eve", "ADA@example.com")))
                .contains("\"code\":\"CONFLICT\"", "has this email address already")
                .doesNotContain("users_email", "SQL");
        assertThat(error(
                        "update_user", number(2).put("email", "ada@EXAMPLE.com").build()))
                .contains("\"code\":\"CONFLICT\"");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(error("create_user", user("Ada", "nowhere"))).contains("\"code\":\"INVALID_PARAMS\"", "email");
        assertThat(error("create_user", user("", "ada@example.com"))).contains("\"code\":\"INVALID_PARAMS\"", "name");
        assertThat(error("get_user", number(999).build())).contains("\"code\":\"NOT_FOUND\"", "user 999");
        assertThat(error("update_user", number(999).put("name", "x").build())).contains("\"code\":\"NOT_FOUND\"");
        assertThat(error("get_data_cached", id("never-saved").build())).contains("\"code\":\"NOT_FOUND\"");
    }

    @Test
    void usersAreListedPageByPage() {
        for (int i = 1; i <= 7; i++) {
            call("create_user", user("User " + i, i + "@example.com"));
        }

        var sizes = new ArrayList<Integer>();
        var names = new ArrayList<String>();
        for (var arguments = Json.object(); arguments != null; ) {
            var page = call("list_users", arguments.build());
            var users = items(page, "users");
            sizes.add(users.size());
            users.forEach(user -> names.add(user.text("name")));
            var cursor = page.text("next_cursor");
            arguments = cursor == null ? null : Json.object().put("cursor", cursor);
        }

        assertThat(sizes).containsExactly(3, 3, 1);
        assertThat(names).containsExactly("User 1", "User 2", "User 3", "User 4", "User 5", "User 6", "User 7");
        assertThat(error("list_users", Json.object().put("cursor", "bm9uZQ").build()))
                .contains("\"code\":\"INVALID_PARAMS\"");
    }

    @Test
    void aDocumentThatIsSavedAgainIsNotServedFromTheCache() {
        assertThat(call("save_data", id("order-7").put("content", order(1)).build())
                        .get("version"))
                .isEqualTo(Json.of(1));
        assertThat(source("order-7")).isEqualTo("database");
        assertThat(source("order-7")).isEqualTo("cache");

        assertThat(call("save_data", id("order-7").put("content", order(2)).build())
                        .get("version"))
                .isEqualTo(Json.of(2));

        var read = call("get_data_cached", id("order-7").build());
        assertThat(read.text("source")).isEqualTo("database");
        assertThat(read.get("content")).isEqualTo(order(2));
        assertThat(read.get("version")).isEqualTo(Json.of(2));
    }

    private String source(String document) {
        return String.valueOf(call("get_data_cached", id(document).build()).text("source"));
    }

    private static Json.Obj order(int items) {
        return Json.object().put("items", items).build();
    }

    private static Json.ObjectBuilder id(String document) {
        return Json.object().put("data_id", document);
    }

    private static Json.ObjectBuilder number(long user) {
        return Json.object().put("user_id", user);
    }

    private static List<Json.Obj> items(Json.Obj holder, String member) {
        return holder.get(member) instanceof Json.Arr(List<Json> found)
                ? found.stream().map(Json.Obj.class::cast).toList()
                : List.of();
    }

    private static Json.Obj user(String name, String email) {
        return Json.object().put("name", name).put("email", email).build();
    }

    private Json.Obj call(String tool, Json.Obj arguments) {
        var answer = client.call(tool, arguments).result();
        assertThat(answer.get("isError")).as(answer.toString()).isNotEqualTo(Json.of(true));
        return answer.object("structuredContent");
    }

    /** What a model is told. */
    private String error(String tool, Json.Obj arguments) {
        var answer = client.call(tool, arguments).result();
        assertThat(answer.get("isError")).as(answer.toString()).isEqualTo(Json.of(true));
        return String.valueOf(items(answer, "content").getFirst().text("text"));
    }
}
