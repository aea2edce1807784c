package io.breakwater.adapter.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the SDK's protocol messages. Its annotations put {@code mode} into an elicitation twice, once as the type's
 * name and once as a property; Jackson wrote both until 3.1 and refuses since 3.2. Said once here, it works with
 * either.
 */
final class MessageMapper {

    private MessageMapper() {}

    static McpJsonMapper create() {
        return new JacksonMcpJsonMapper(JsonMapper.builder()
                .addMixIn(ElicitRequest.class, ModeOnce.class)
                .build());
    }

    /** Stands in for the annotation of {@link ElicitRequest}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "mode")
    private interface ModeOnce {}
}
