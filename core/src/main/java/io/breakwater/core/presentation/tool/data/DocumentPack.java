package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.documents.Documents;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The other part of the pack {@code data}, where there is a store: documents are saved, and read through the cache as
 * tools, past it as resources. Saving one takes back what is kept of it and tells whoever has subscribed to it.
 */
public final class DocumentPack implements Pack {
    private static final String JSON = "application/json";

    private final Documents documents;
    private final Duration ttl;
    private final Consumer<String> updated;
    private final ResourceTemplate template;

    /**
     * Over these documents.
     *
     * @param ttl how long a document is kept in the cache
     * @param updated is told the address of each document that was saved
     */
    public DocumentPack(Documents documents, Duration ttl, Consumer<String> updated) {
        this.documents = documents;
        this.ttl = ttl;
        this.updated = updated;
        this.template = ResourceTemplate.of("data://{id}")
                .name("document")
                .title("Document")
                .description("A document of the store, by its id.")
                .mimeType(JSON)
                .reader(this::read);
    }

    @Override
    public String name() {
        return "data";
    }

    @Override
    public List<Tool> tools() {
        return List.of(getDataCached(), saveData());
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(template);
    }

    private Tool getDataCached() {
        return Tool.named("get_data_cached")
                .title("Read a document")
                .description(
                        "Reads a document of the store by its id: from the cache when it was read lately and not saved"
                                + " since, from the database otherwise.")
                .input(DocumentResult.Get.class)
                .output(DocumentResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .cacheForAll(ttl)
                .cacheSource(documents.identity())
                .cacheTags(arguments -> Set.of(tag(arguments.dataId())))
                .resultDecorator(DocumentResult.Origin.class, DocumentResult.Origin::of)
                .handler((arguments, call) -> DocumentResult.of(documents.get(arguments.dataId(), call.context())));
    }

    private Tool saveData() {
        return Tool.named("save_data")
                .title("Save a document")
                .description("Saves a document under an id, replacing whatever was saved there before.")
                .input(DocumentResult.Save.class)
                .output(DocumentResult.Saved.class)
                .destructive()
                .openWorld(false)
                .invalidates((arguments, result) -> Set.of(tag(arguments.dataId())))
                .handler((arguments, call) ->
                        DocumentResult.Saved.of(save(arguments.dataId(), arguments.content(), call.context())));
    }

    private Document save(String id, Json content, CallContext scope) {
        var saved = documents.save(id, new Json.Raw(JsonWriter.bytes(content)), scope);
        updated.accept(template.uri(Map.of("id", id)));
        return saved;
    }

    private List<ResourceContents> read(String uri, Map<String, String> variables, Call call) {
        try {
            var content = documents
                    .get(variables.getOrDefault("id", ""), call.context())
                    .content();
            return List.of(ResourceContents.text(uri, JSON, new String(content.utf8(), StandardCharsets.UTF_8)));
        } catch (PortException.RefusedException refused) {
            throw refused.reason() == Reason.NOT_FOUND ? McpException.noSuchResource(uri) : refused;
        }
    }

    private static String tag(String id) {
        return "document:" + id;
    }
}
