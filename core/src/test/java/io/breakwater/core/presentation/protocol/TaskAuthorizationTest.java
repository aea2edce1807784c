package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task is accessible only while its caller may use the tool that it runs. */
class TaskAuthorizationTest {
    private static final Principal USER = Principal.of("ann");
    private static final Principal ADMIN = USER.withRoles(Set.of("admin"));
    private static final Principal WRITER = USER.withScopes(Set.of("orders:write"));
    private static final String TASKS = "{'extensions':{'io.modelcontextprotocol/tasks':{}}}";

    private final AtomicReference<Principal> caller = new AtomicReference<>(ADMIN);
    private final WorkGate gate = new WorkGate();
    private final MemoryTasks tasks = new MemoryTasks(new CapacityLimiter(100, 100, 1 << 20), InstantSource.system());
    private final Breakwater server = Breakwater.named("t")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
            .tasks(tasks)
            .tool(task("report").requiresRole("admin").handler((args, call) -> {
                gate.pass();
                return ToolResult.text("secret");
            }))
            .tool(task("write").requiresScope("orders:write").handler((args, call) -> ToolResult.text("written")))
            .build();
    private final ModernRequests client = ModernRequests.http(server, TASKS);

    private static Tool.Builder<Json.Obj, ToolResult> task(String name) {
        return SampleTools.draft(name).asTask(TaskSupport.REQUIRED);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String begin(String tool) {
        return String.valueOf(client.call(tool).result().text("taskId"));
    }

    private RecordedReply ask(String method, String id) {
        return client.ask(method, "{'taskId':'" + id + "','inputResponses':{}}").awaitEnd();
    }

    private String awaitStatus(String id) {
        for (int i = 0; i < 1_000_000; i++) {
            var status = String.valueOf(ask("tasks/get", id).result().text("status"));
            if (!status.equals("working")) {
                return status;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(
                "The task has not ended: " + ask("tasks/get", id).result());
    }

    private static String withoutId(RecordedReply reply) {
        var id = reply.error().object("data").text("requestId");
        return reply.error().toString().replace(String.valueOf(id), "ID") + reply.status();
    }

    private void assertUnknown(String task, String rule) {
        for (var method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
            var reply = ask(method, task);
            assertThat(withoutId(reply)).isEqualTo(withoutId(ask(method, "none")));
            var id = String.valueOf(reply.error().object("data").text("requestId"));
            assertThat(server.refusedAccess(id).orElseThrow().decision()).isEqualTo(new AccessDecision.Denied(rule));
        }
    }

    @Test
    void aTaskIsUnknownToACredentialWithoutTheRoleOfItsTool() {
        var id = begin("report");
        caller.set(USER);
        assertUnknown(id, "roles that the definition requires");

        caller.set(ADMIN);
        gate.open();
        assertThat(awaitStatus(id)).isEqualTo("completed"); // not cancelled
    }

    @Test
    void aTaskIsUnknownOnceTheRulesDenyItsTool() {
        gate.open();
        var id = begin("report");
        assertThat(awaitStatus(id)).isEqualTo("completed");

        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"), AccessRule.deny("closed").onTools("report")));
        assertUnknown(id, "rule \"closed\"");
    }

    @Test
    void conditionsOnArgumentsAreNotAskedAgain() {
        gate.open();
        var id = begin("report");
        server.accessRules(
                AccessRules.of(AccessRule.allow("eu").onTools("report").whenArgumentIs("/region", "eu")));

        assertThat(awaitStatus(id)).isEqualTo("completed");
    }

    @Test
    void missingScopesOfTheToolAre403() {
        caller.set(WRITER);
        var id = begin("write");
        caller.set(USER);

        for (var method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
            var reply = ask(method, id);
            assertThat(reply.status())
                    .isEqualTo(new ReplyStatus.Forbidden("Bearer error=\"insufficient_scope\","
                            + " error_description=\"The operation requires more scopes\", scope=\"orders:write\""));
            assertThat(reply.error().toString()).doesNotContain("written");
        }
    }

    @Test
    void aNotificationReachesOnlyThoseWhoMayUseTheTool() {
        var id = begin("report");
        var filter = "{'notifications':{'taskIds':['" + id + "'],'toolsListChanged':true}}";
        var allowed = client.ask("subscriptions/listen", filter);
        caller.set(USER);
        var denied = client.ask("subscriptions/listen", filter);
        allowed.awaitMessages(1);
        denied.awaitMessages(1);

        gate.open();

        assertThat(allowed.awaitMessages(2).get(1).toString()).contains("notifications/tasks", "secret");
        server.accessRules(AccessRules.NONE); // a notification that arrives after the one that must not
        assertThat(denied.awaitMessages(2).get(1).text("method")).endsWith("list_changed");
    }

    @Test
    void ofARemovedToolTheRulesAloneDecide() {
        gate.open();
        var id = begin("report");
        awaitStatus(id);
        server.removeTool("report");

        assertThat(awaitStatus(id)).isEqualTo("completed");
        server.accessRules(AccessRules.of(AccessRule.allow("others").onTools("write")));
        assertUnknown(id, "no rule allows it");
    }

    @Test
    void aTaskThatWasStoredWithoutItsToolStaysReadable() {
        var now = Instant.now();
        var hour = Duration.ofHours(1);
        tasks.create(
                new Task(
                        "old",
                        ADMIN.id(),
                        Status.COMPLETED,
                        null,
                        now,
                        now,
                        hour,
                        hour,
                        Json.Obj.EMPTY,
                        Json.of("old")),
                ManualCallContext.unhurried());

        assertThat(awaitStatus("old")).isEqualTo("completed");
    }
}
