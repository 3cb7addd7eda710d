package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/** The requests that make, drop and rename tables and schemas. Thread-safe. */
final class RestDefinitions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestResources resources;
  private final RestViews views;

  RestDefinitions(RestResources resources, RestViews views) {
    this.resources = resources;
    this.views = views;
  }

  /** The request for changes of which there may be one only, or two that are a rename. */
  CommitAttempt attempt(List<RootChange> own) {
    if (own.size() == 2
        && own.get(0) instanceof RootChange.DropRelation drop
        && own.get(1) instanceof RootChange.CreateRelation create
        && create.pointer().uuid().equals(drop.uuid())
        && !RestCommit.isPrepared(create.pointer())) {
      return rename(drop.identifier(), create);
    }
    if (own.size() != 1) {
      throw EngineException.unsupported(
          "a commit of several changes of tables or schemas in a REST catalog");
    }
    RootChange change = own.get(0);
    if (change instanceof RootChange.DropRelation drop) {
      return drop(drop);
    } else if (change instanceof RootChange.CreateNamespace create) {
      return create(create);
    } else if (change instanceof RootChange.DropNamespace drop) {
      return drop(drop.namespace());
    } else if (change instanceof RootChange.ReplaceProperties replace) {
      return properties(replace);
    }
    throw EngineException.unsupported("this change in a REST catalog");
  }

  // ---- tables

  /** Where the server would put a table: asked by a creation that is staged and never finished. */
  String stagedLocation(TableIdentifier identifier) {
    ObjectNode body = object();
    body.put("name", identifier.name());
    body.set(
        "schema",
        parsed(
            SchemaParser.toJson(
                new Schema(Types.NestedField.optional(1, "c", Types.IntegerType.get())))));
    body.put("stage-create", true);
    HttpOutcome outcome =
        resources
            .client()
            .once(
                "POST",
                resources.config().paths().tables(identifier.namespace()),
                Map.of(),
                resources.delegation(),
                body);
    String attempted = "stage the table " + identifier;
    if (outcome instanceof HttpOutcome.Answered answer) {
      if (answer.status() / 100 == 2) {
        return resources.staged(identifier, answer);
      }
      if (answer.status() == 409) {
        throw new EngineException(
            SqlState.SERIALIZATION_FAILURE,
            "another client made " + identifier + " meanwhile: run the statement again");
      }
      if (answer.status() == 404) {
        throw new EngineException(
            SqlState.SCHEMA_NOT_FOUND, "the schema " + identifier.namespace() + " does not exist");
      }
      throw RestFailures.of(answer, attempted, resources.client().authentication());
    }
    throw RestFailures.unreachable(
        attempted,
        outcome instanceof HttpOutcome.NotSent notSent
            ? notSent.cause()
            : ((HttpOutcome.Lost) outcome).cause());
  }

  CommitAttempt registration(TableIdentifier identifier, PreparedTable table) {
    ObjectNode body = object();
    body.put("name", identifier.name());
    body.put("metadata-location", table.metadata().metadataFileLocation());
    return new CommitAttempt(
        "POST",
        resources.config().paths().register(identifier.namespace()),
        Map.of(),
        body,
        "register the table " + identifier,
        () -> named(identifier, table.metadata().uuid()),
        CommitAttempt.Taken.NOTHING);
  }

  /** A name that is to belong to a table: taken by it, free still, or by another. */
  private CommitAttempt.State named(TableIdentifier identifier, String uuid) {
    Optional<TablePointer> there = there(identifier);
    if (there.isEmpty()) {
      return CommitAttempt.State.OPEN;
    }
    return there.get().uuid().equals(uuid)
        ? CommitAttempt.State.APPLIED
        : CommitAttempt.State.RULED_OUT;
  }

  private Optional<TablePointer> there(TableIdentifier identifier) {
    Optional<TablePointer> table = resources.table(identifier).map(RestRelations::pointer);
    return table.isPresent() ? table : views.pointer(identifier);
  }

  /** What stands under the name now decides what is asked for: tables and views are apart. */
  private CommitAttempt drop(RootChange.DropRelation drop) {
    TableIdentifier identifier = drop.identifier();
    boolean isView = resources.table(identifier).isEmpty();
    String path =
        isView
            ? resources.config().paths().view(identifier)
            : resources.config().paths().table(identifier);
    return new CommitAttempt(
        "DELETE",
        path,
        isView ? Map.of() : Map.of("purgeRequested", "false"),
        null,
        "drop " + identifier,
        () -> {
          Optional<TablePointer> there = there(identifier);
          boolean still = there.isPresent() && there.get().uuid().equals(drop.uuid());
          return still ? CommitAttempt.State.OPEN : CommitAttempt.State.APPLIED;
        },
        CommitAttempt.Taken.NOTHING);
  }

  private CommitAttempt rename(TableIdentifier from, RootChange.CreateRelation to) {
    boolean isView = to.pointer().kind() == TablePointer.Kind.VIEW;
    ObjectNode body = object();
    body.set("source", named(from));
    body.set("destination", named(to.identifier()));
    return new CommitAttempt(
        "POST",
        isView ? resources.config().paths().renameView() : resources.config().paths().rename(),
        Map.of(),
        body,
        "rename " + from,
        () -> {
          if (there(from).filter(p -> p.uuid().equals(to.pointer().uuid())).isPresent()) {
            return named(to.identifier(), to.pointer().uuid());
          }
          return there(to.identifier())
                  .filter(p -> p.uuid().equals(to.pointer().uuid()))
                  .isPresent()
              ? CommitAttempt.State.APPLIED
              : CommitAttempt.State.RULED_OUT;
        },
        CommitAttempt.Taken.NOTHING);
  }

  private static ObjectNode named(TableIdentifier identifier) {
    ObjectNode named = object();
    named.set("namespace", levels(identifier.namespace()));
    named.put("name", identifier.name());
    return named;
  }

  // ---- schemas

  private CommitAttempt create(RootChange.CreateNamespace create) {
    ObjectNode body = object();
    body.set("namespace", levels(create.namespace()));
    ObjectNode properties = body.putObject("properties");
    create.properties().forEach(properties::put);
    return new CommitAttempt(
        "POST",
        resources.config().paths().namespaces(),
        Map.of(),
        body,
        "create the schema " + create.namespace(),
        () ->
            resources.namespace(create.namespace()).isPresent()
                ? CommitAttempt.State.APPLIED
                : CommitAttempt.State.OPEN,
        CommitAttempt.Taken.NOTHING);
  }

  private CommitAttempt drop(Namespace schema) {
    return new CommitAttempt(
        "DELETE",
        resources.config().paths().namespace(schema),
        Map.of(),
        null,
        "drop the schema " + schema,
        () ->
            resources.namespace(schema).isPresent()
                ? CommitAttempt.State.OPEN
                : CommitAttempt.State.APPLIED,
        CommitAttempt.Taken.NOTHING);
  }

  private CommitAttempt properties(RootChange.ReplaceProperties replace) {
    ObjectNode body = object();
    ArrayNode removals = body.putArray("removals");
    replace.expected().keySet().stream()
        .filter(key -> !replace.properties().containsKey(key))
        .forEach(removals::add);
    Map<String, String> changed = new HashMap<>(replace.properties());
    changed
        .entrySet()
        .removeIf(
            entry -> Objects.equals(entry.getValue(), replace.expected().get(entry.getKey())));
    ObjectNode updates = body.putObject("updates");
    changed.forEach(updates::put);
    return new CommitAttempt(
        "POST",
        resources.config().paths().namespaceProperties(replace.namespace()),
        Map.of(),
        body,
        "change the schema " + replace.namespace(),
        () -> {
          Optional<Map<String, String>> now = resources.namespace(replace.namespace());
          if (now.isEmpty()) {
            return CommitAttempt.State.RULED_OUT;
          }
          return now.get().equals(replace.properties())
              ? CommitAttempt.State.APPLIED
              : CommitAttempt.State.OPEN;
        },
        CommitAttempt.Taken.NOTHING);
  }

  private static ArrayNode levels(Namespace schema) {
    ArrayNode levels = JsonNodeFactory.instance.arrayNode();
    for (String level : schema.levels()) {
      levels.add(level);
    }
    return levels;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
