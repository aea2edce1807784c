package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.documents.Documents;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.port.driven.DocumentStore.Revision;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.DryRunHandler;
import io.breakwater.server.mcp.Idempotency;
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
 * The part of the pack {@code data} that needs a store: tools that save and delete documents and read
 * them through the cache, and
 * resources that read them without the cache. Saving or deleting a document invalidates its cached results and notifies subscribed
 * clients.
 */
public final class DocumentPack implements Pack {
    private static final String JSON = "application/json";

    private final Documents documents;
    private final Duration ttl;
    private final Consumer<String> updateListener;
    private final ResourceTemplate template;

    /**
     * Creates the pack.
     *
     * @param ttl the TTL of cached documents
     * @param updateListener receives the URI of each document that is saved or deleted
     */
    public DocumentPack(Documents documents, Duration ttl, Consumer<String> updateListener) {
        this.documents = documents;
        this.ttl = ttl;
        this.updateListener = updateListener;
        this.template = ResourceTemplate.of("data://{id}")
                .name("document")
                .title("Document")
                .description("A document in the store, by id.")
                .mimeType(JSON)
                .reader(this::read);
    }

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public List<Tool> tools() {
        return List.of(getDataCached(), saveData(), deleteData());
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(template);
    }

    private Tool getDataCached() {
        return Tool.named("get_data_cached")
                .title("Read a document")
                .description("Reads a document from the store by id. The document comes from the cache"
                        + " if it was read recently and not saved since, otherwise from the database.")
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
                .description("Saves a document under an id. Replaces the document that has this id, if there is one.")
                .input(DocumentResult.Save.class)
                .output(DocumentResult.Saved.class)
                .destructive()
                .openWorld(false)
                .idempotency(Idempotency.of(documents.recordsIdempotencyKeys()))
                .invalidates((arguments, result) -> Set.of(tag(arguments.dataId())))
                .handler(DryRunHandler.of(
                        (arguments, call) ->
                                DocumentResult.Saved.of(save(arguments.dataId(), arguments.content(), call.context())),
                        (arguments, call) -> describeSave(arguments.dataId(), call)));
    }

    private Tool deleteData() {
        return Tool.named("delete_data")
                .title("Delete a document")
                .description("Deletes a document for good, by id. The client asks its user to confirm each deletion.")
                .input(DocumentResult.Delete.class)
                .output(DocumentResult.Deleted.class)
                .destructive()
                .openWorld(false)
                .idempotency(Idempotency.of(documents.recordsIdempotencyKeys()))
                .confirm(this::confirmDeletion)
                .invalidates((arguments, result) -> Set.of(tag(arguments.dataId())))
                .handler(DryRunHandler.of(
                        (arguments, call) ->
                                DocumentResult.Deleted.of(arguments.dataId(), delete(arguments.dataId(), call)),
                        (arguments, call) -> describeDeletion(arguments.dataId(), call)));
    }

    private Json describeSave(String id, Call call) {
        var existing = documents.find(id, call.context());
        return Json.object()
                .put("action", existing.isPresent() ? "replace" : "create")
                .put("data_id", id)
                .putIfPresent(
                        "replaced_version",
                        existing.map(document -> Json.of(document.version())).orElse(null))
                .build();
    }

    private Json describeDeletion(String id, Call call) {
        var document = documents.get(id, call.context());
        return Json.object()
                .put("action", "delete")
                .put("data_id", id)
                .put("version", document.version())
                .build();
    }

    /** The message names the version, so that the user confirms the deletion of this content and no other. */
    private ConfirmationMessage confirmDeletion(DocumentResult.Delete arguments, Call call) {
        var document = documents.get(arguments.dataId(), call.context());
        return ConfirmationMessage.of(
                        "Delete the document {} for good? It has version {}, saved at {}.",
                        document.id(),
                        document.version(),
                        document.updatedAt())
                .about(document.revision());
    }

    private long delete(String id, Call call) {
        var revision = call.confirmed(Revision.class).orElse(null);
        var version = documents.delete(id, revision, call.context());
        updateListener.accept(template.uri(Map.of("id", id)));
        return version;
    }

    private Document save(String id, Json content, CallContext context) {
        var saved = documents.save(id, new Json.Raw(JsonWriter.bytes(content)), context);
        updateListener.accept(template.uri(Map.of("id", id)));
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
