package io.breakwater.adapter.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the mapper for the SDK's protocol messages. The SDK's annotations declare {@code mode} of an elicitation
 * twice, as the name of the type and as a property; Jackson wrote both until 3.1 and refuses this since 3.2. The mix-in
 * declares it once, which works with either version.
 */
final class MessageMapper {

    private MessageMapper() {}

    static McpJsonMapper create() {
        return new JacksonMcpJsonMapper(JsonMapper.builder()
                .addMixIn(ElicitRequest.class, ModeOnce.class)
                .build());
    }

    /** Replaces the annotation of {@link ElicitRequest}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "mode")
    private interface ModeOnce {}
}
