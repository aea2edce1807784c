package io.breakwater.core.presentation.tool.services;

import io.breakwater.core.business.services.ServiceCalls;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.core.presentation.tool.services.ListServicesResult.Service;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The services as resources, in the same JSON as the result of {@code list_services}. */
final class ServiceResources {
    private static final String ALL = "services://";
    private static final String VARIABLE = "service";
    private static final String JSON = "application/json";

    private final ServiceCalls services;
    private final RecordCodec<ListServicesResult> list = RecordCodec.ofResult(ListServicesResult.class);
    private final RecordCodec<Service> one = RecordCodec.ofResult(Service.class);

    ServiceResources(ServiceCalls services) {
        this.services = services;
    }

    Resource all() {
        return Resource.of(ALL)
                .name("services")
                .title("Services")
                .description("The HTTP services that api_request can reach, with their healthy instances.")
                .mimeType(JSON)
                .reader(call -> contents(ALL, list.write(ListServicesResult.of(services.list()))));
    }

    ResourceTemplate template() {
        return ResourceTemplate.of(ALL + "{" + VARIABLE + "}")
                .name("service")
                .title("Service")
                .description("One HTTP service, by its name.")
                .mimeType(JSON)
                .completion(VARIABLE, (typed, others, call) -> services.proposals(typed))
                .reader(this::read);
    }

    private List<ResourceContents> read(String uri, Map<String, String> variables, Call call) {
        return services.find(variables.getOrDefault(VARIABLE, ""))
                .map(service -> contents(uri, one.write(Service.of(service))))
                .orElseThrow(() -> McpException.noSuchResource(uri));
    }

    private static List<ResourceContents> contents(String uri, byte[] json) {
        return List.of(ResourceContents.text(uri, JSON, new String(json, StandardCharsets.UTF_8)));
    }
}
