package dev.frazil.catalog.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequestParser;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.apache.iceberg.view.ViewVersion;
import org.apache.iceberg.view.ViewVersionParser;

/** The requests that make views and give them other definitions. Thread-safe. */
final class RestViewChanges {
  private static final String PREPARED = "commit:view/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestResources resources;
  private final RestViews views;
  private final CommitPatience patience;

  /** By the location that it goes under until the server names one, while somebody holds it. */
  private final Map<String, ViewMetadata> prepared =
      Collections.synchronizedMap(new WeakHashMap<>());

  RestViewChanges(RestResources resources, RestViews views, CommitPatience patience) {
    this.resources = resources;
    this.views = views;
    this.patience = patience;
  }

  /** Keeps what a transaction made of a view until its commit. */
  ViewMetadata prepare(ViewMetadata metadata) {
    String name = PREPARED + patience.ids().uuid();
    prepared.put(name, metadata);
    return ViewMetadataParser.fromJson(name, parsed(ViewMetadataParser.toJson(metadata)));
  }

  private ViewMetadata prepared(TablePointer pointer) {
    ViewMetadata metadata = prepared.get(pointer.metadataLocation());
    if (metadata == null) {
      throw EngineException.internal("the view that is to be committed");
    }
    return metadata;
  }

  /** Whether a change makes a view, or gives it another definition. */
  static boolean isOne(RootChange change) {
    TablePointer pointer =
        change instanceof RootChange.CreateRelation create
            ? create.pointer()
            : change instanceof RootChange.ReplaceRelation replace ? replace.pointer() : null;
    return pointer != null
        && pointer.kind() == TablePointer.Kind.VIEW
        && pointer.metadataLocation().startsWith(PREPARED);
  }

  CommitAttempt attempt(RootChange change) {
    return change instanceof RootChange.CreateRelation create
        ? create(create)
        : replace((RootChange.ReplaceRelation) change);
  }

  private CommitAttempt create(RootChange.CreateRelation create) {
    TableIdentifier identifier = create.identifier();
    ViewMetadata metadata = prepared(create.pointer());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", identifier.name());
    body.set("schema", parsed(SchemaParser.toJson(metadata.schema())));
    body.set("view-version", parsed(ViewVersionParser.toJson(metadata.currentVersion())));
    ObjectNode properties = body.putObject("properties");
    metadata.properties().forEach(properties::put);
    return new CommitAttempt(
        "POST",
        resources.config().paths().views(identifier.namespace()),
        Map.of(),
        body,
        "create the view " + identifier,
        () -> {
          Optional<ViewMetadata> now = views.load(identifier);
          if (now.isEmpty()) {
            return resources.table(identifier).isPresent()
                ? CommitAttempt.State.RULED_OUT
                : CommitAttempt.State.OPEN;
          }
          return stands(now.get(), metadata)
              ? CommitAttempt.State.APPLIED
              : CommitAttempt.State.RULED_OUT;
        },
        CommitAttempt.Taken.NOTHING);
  }

  private CommitAttempt replace(RootChange.ReplaceRelation replace) {
    TableIdentifier identifier = replace.identifier();
    ViewMetadata metadata = prepared(replace.pointer());
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.getFactory().createGenerator(text)) {
      UpdateTableRequestParser.toJson(
          UpdateTableRequest.create(
              identifier,
              List.of(new UpdateRequirement.AssertViewUUID(metadata.uuid())),
              metadata.changes()),
          generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode body = parsed(text.toString());
    return new CommitAttempt(
        "POST",
        resources.config().paths().view(identifier),
        Map.of(),
        body,
        "change the view " + identifier,
        () -> {
          ViewMetadata now = views.load(identifier).orElse(null);
          if (now == null || !now.uuid().equals(metadata.uuid())) {
            return CommitAttempt.State.RULED_OUT;
          }
          return stands(now, metadata) ? CommitAttempt.State.APPLIED : CommitAttempt.State.OPEN;
        },
        CommitAttempt.Taken.NOTHING);
  }

  /**
   * Whether a view is as it was to become. Servers give a view an identity and a summary of their
   * own, so its content tells.
   */
  private static boolean stands(ViewMetadata now, ViewMetadata wanted) {
    ViewVersion there = now.currentVersion();
    ViewVersion version = wanted.currentVersion();
    return there.representations().equals(version.representations())
        && there.defaultNamespace().equals(version.defaultNamespace())
        && now.schema().asStruct().equals(wanted.schema().asStruct())
        && now.properties().entrySet().containsAll(wanted.properties().entrySet());
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
