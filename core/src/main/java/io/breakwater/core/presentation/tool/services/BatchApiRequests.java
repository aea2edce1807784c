package io.breakwater.core.presentation.tool.services;

import io.breakwater.core.presentation.tool.batch.BatchResult;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments and the result of {@code batch_api_requests}. */
final class BatchApiRequests {
    private static final int MAX_REQUESTS = 50;

    private BatchApiRequests() {}

    /** The arguments. */
    record Arguments(
            @Description(
                    "The requests, at most 50, each with the arguments of api_request. They run concurrently, so none"
                            + " can use the result of another.")
            @Size(min = 1, max = MAX_REQUESTS)
            List<ApiRequestArguments> requests) {

        /** Returns the calls of {@code api_request} that the batch makes. */
        List<ToolCall> calls() {
            return requests.stream()
                    .map(request -> new ToolCall(ServicesPack.API_REQUEST, request.json()))
                    .toList();
        }
    }

    /** The result. */
    record Result(
            @Description("The result of each request, in the order of the requests.")
            List<Item> results) {

        static Result of(BatchResult batch) {
            var items = new ArrayList<Item>();
            for (var item : batch.results()) {
                items.add(new Item(
                        items.size(), item.success() ? Status.SUCCESS : Status.ERROR, item.result(), item.error()));
            }
            return new Result(items);
        }
    }

    /** The result of one request. */
    record Item(
            @Description("The position of the request, from 0.") @Name("request_index")
            int requestIndex,

            @Description("Whether the request succeeded.") Status status,

            @Description("The result, as api_request returns it. Present if the request succeeded.") @Nullable
            Json result,

            @Description("Why the request failed. Present if it did.")
            BatchResult.@Nullable Failure error) {}

    /** Whether a request succeeded. */
    enum Status {
        @Name("success")
        SUCCESS,
        @Name("error")
        ERROR
    }
}
