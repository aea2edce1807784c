package io.breakwater.core.presentation.protocol.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a credential of the same principal, but with fewer rights, receives on the streams of a session. */
class StreamAuthorizationTest {
    private static final Principal USER = Principal.of("ann");
    private static final Principal ADMIN = USER.withRoles(Set.of("admin"));
    private static final Principal READER = USER.withScopes(Set.of("read"));

    private final AtomicReference<Principal> caller = new AtomicReference<>(ADMIN);
    private final WorkGate gate = new WorkGate();
    private final Breakwater server = Breakwater.named("t")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
            .tool(SampleTools.draft("report").requiresRole("admin").handler((args, call) -> {
                call.log(LogLevel.INFO, "begins");
                gate.pass();
                return ToolResult.text("secret");
            }))
            .prompt(Prompt.named("plan")
                    .description("Plans.")
                    .requiresRole("admin")
                    .argument(new Prompt.Argument("who", "", false, (typed, others, call) -> {
                        call.log(LogLevel.INFO, "begins");
                        return List.of("secret");
                    }))
                    .handler((arguments, call) -> {
                        call.log(LogLevel.INFO, "begins");
                        return List.of(Prompt.Message.user("secret"));
                    }))
            .resource(Resource.of("doc://scoped").requiresScope("read").text(() -> "scoped"))
            .resource(Resource.of("doc://open").text(() -> "open"))
            .resource(
                    ResourceTemplate.of("file:///{name}").requiresRole("admin").reader((uri, variables, call) -> {
                        call.log(LogLevel.INFO, "begins");
                        return List.of(new ResourceContents.Text(uri, "text/plain", "secret"));
                    }))
            .resource(ResourceTemplate.of("open:///{name}")
                    .reader((uri, variables, call) -> List.of(new ResourceContents.Text(uri, "text/plain", "open"))))
            .build();
    private final LegacyRequests client = LegacyRequests.begun(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static String first(RecordedReply reply) {
        return Objects.requireNonNull(reply.events().getFirst().id());
    }

    private void assertUnknown(RecordedReply reply) {
        assertThat(reply.awaitEnd().status()).isEqualTo(ReplyStatus.NO_EVENT);
        assertThat(reply.isStream()).isFalse();
        var id = String.valueOf(reply.error().object("data").text("requestId"));
        assertThat(server.refusedAccess(id).orElseThrow().decision()).isInstanceOf(AccessDecision.Denied.class);
    }

    @Test
    void theStreamOfACallIsResumedOnlyByThoseWhoMayUseTheTool() {
        var lost = client.call("report");
        lost.awaitMessages(1);
        lost.disconnect();
        var event = first(lost);

        caller.set(USER);
        assertUnknown(client.resume(event)); // while the call runs
        caller.set(ADMIN);
        var again = client.resume(event);
        gate.open();
        assertThat(again.result().toString()).contains("secret");

        caller.set(USER);
        assertUnknown(client.resume(event)); // after it has ended
        caller.set(ADMIN);
        assertThat(client.resume(event).result().toString()).contains("secret");

        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"), AccessRule.deny("closed").onTools("report")));
        assertUnknown(client.resume(event));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompts/get | {'name':'plan'}",
                "resources/read | {'uri':'file:///a'}",
                "completion/complete | {'ref':{'type':'ref/prompt','name':'plan'},'argument':{'name':'who','value':''}}",
            })
    void soAreTheStreamsOfOtherMethods(String method, String params) {
        var event = first(client.ask(method, params).awaitEnd());

        assertThat(client.resume(event).result().toString()).contains("secret");
        caller.set(USER);
        assertUnknown(client.resume(event));
    }

    /** The type of the reference decides what is completed, so a second name in it opens the stream to no other caller. */
    @Test
    void theStreamOfACompletionBelongsToTheTargetThatTheTypeNames() {
        var event = first(client.ask("completion/complete", """
                        {'ref':{'type':'ref/prompt','name':'plan','uri':'open:///{name}'},'argument':{'name':'who','value':''}}
                        """).awaitEnd());

        caller.set(USER);
        assertUnknown(client.resume(event));
        caller.set(ADMIN);
        assertThat(client.resume(event).result().toString()).contains("secret");
    }

    @Test
    void aStreamAboutAVeryLongUriCannotBeResumed() {
        var uri = "file:///" + "a".repeat(2_000);
        var event = first(client.ask("resources/read", "{'uri':'" + uri + "'}").awaitEnd());

        assertThat(event).hasSizeLessThan(200);
        assertUnknown(client.resume(event));
    }

    @Test
    void theNameOfAStreamContainsItsTarget() {
        for (var kind :
                List.of(TargetKind.TOOL, TargetKind.PROMPT, TargetKind.RESOURCE, TargetKind.RESOURCE_TEMPLATE)) {
            var target = new StreamTarget(kind, "ä/" + kind);
            assertThat(StreamTarget.inName(target.streamName("id"))).isEqualTo(target);
        }
        for (var none : List.of("general", "id", "id.", "id.x", "id.t=")) {
            assertThat(StreamTarget.inName(none)).isNull();
        }
    }

    @Test
    void aStreamHasTheRightsOfTheCredentialThatOpenedIt() {
        caller.set(READER);
        client.ask("resources/subscribe", "{'uri':'doc://scoped'}").result();
        client.ask("resources/subscribe", "{'uri':'doc://open'}").result();
        var stream = client.listen();
        caller.set(USER);
        client.ask("ping", "{}").awaitEnd();
        server.resourceUpdated("doc://scoped");
        assertThat(stream.awaitMessages(1).toString()).contains("doc://scoped");

        var lesser = client.listen(); // replaces the stream
        caller.set(READER);
        client.ask("ping", "{}").awaitEnd();
        server.resourceUpdated("doc://scoped");
        server.resourceUpdated("doc://open");
        assertThat(lesser.awaitMessages(1).toString()).contains("doc://open").doesNotContain("doc://scoped");
    }

    @Test
    void aReplayHasNoUpdatesThatTheClientMayNotReceive() {
        caller.set(READER);
        client.ask("resources/subscribe", "{'uri':'doc://scoped'}").result();
        client.ask("resources/subscribe", "{'uri':'doc://open'}").result();
        var stream = client.listen();
        for (var uri : List.of("doc://open", "doc://scoped", "doc://open")) {
            int known = stream.messages().size();
            server.resourceUpdated(uri);
            stream.awaitMessages(known + 1);
        }

        assertThat(client.resume(first(stream)).awaitMessages(2)).hasSize(2);
        caller.set(USER);
        var replay = client.resume(first(stream));
        assertThat(replay.awaitMessages(1).toString()).contains("doc://open").doesNotContain("doc://scoped");
        assertThat(replay.events().getFirst().id())
                .isEqualTo(stream.events().getLast().id());
        server.resourceUpdated("doc://open");
        assertThat(replay.awaitMessages(2)).hasSize(2);
    }
}
