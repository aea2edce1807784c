package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.contract.ScriptedToolContext.Client;
import io.breakwater.port.contract.ScriptedToolContext.Suspension;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Calls a tool as a server does on the wire of either era, and waits for the outcome. */
enum SdkWire {
    /** A question waits for its answer; the handler runs once. */
    SESSION {
        @Override
        Outcome call(ToolSource source, String tool, Json.Obj arguments, Client client) throws Exception {
            var run = ScriptedToolContext.answering(client).withProgressToken();
            return new Outcome(await(source.call(tool, arguments, run)), List.of(run));
        }
    },
    /** A question ends the run; the handler runs again with the answers so far. */
    STATELESS {
        @Override
        Outcome call(ToolSource source, String tool, Json.Obj arguments, Client client) throws Exception {
            var answers = new ArrayList<Json.Obj>();
            var runs = new ArrayList<ScriptedToolContext>();
            while (true) {
                var run = ScriptedToolContext.replaying(answers).withProgressToken();
                runs.add(run);
                try {
                    return new Outcome(await(source.call(tool, arguments, run)), runs);
                } catch (Suspension suspended) {
                    answers.add(client.answer(suspended.request()));
                }
            }
        }
    };

    /** What the client got, and what each run of the handler did. */
    record Outcome(Json.Obj result, List<ScriptedToolContext> runs) {
        ScriptedToolContext lastRun() {
            return runs.getLast();
        }

        String text() {
            return textOf(result);
        }
    }

    abstract Outcome call(ToolSource source, String tool, Json.Obj arguments, Client client) throws Exception;

    /** The stage's result; its failure is thrown as it is. */
    static Json.Obj await(CompletionStage<Json.Obj> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(Eventually.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case Exception failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    /** The text of the first block of a result's content. */
    static String textOf(Json.Obj result) {
        if (result.get("content") instanceof Json.Arr(var blocks) && blocks.getFirst() instanceof Json.Obj block) {
            return String.valueOf(block.text("text"));
        }
        throw new AssertionError("No content: " + result);
    }
}
