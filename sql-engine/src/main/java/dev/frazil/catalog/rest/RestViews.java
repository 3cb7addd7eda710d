package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.catalog.ObjectCache;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.jspecify.annotations.Nullable;

/** The views of a server that has any. Thread-safe. */
final class RestViews {
  private final RestResources resources;
  private final ObjectCache<ViewMetadata> kept = new ObjectCache<>(ObjectCache.shareOfHeap());

  RestViews(RestResources resources) {
    this.resources = resources;
  }

  /** A view as it is now; one request. */
  Optional<TablePointer> pointer(TableIdentifier identifier) {
    return load(identifier)
        .map(
            view ->
                new TablePointer(
                    TablePointer.Kind.VIEW,
                    String.valueOf(view.metadataFileLocation()),
                    view.uuid()));
  }

  Optional<ViewMetadata> load(TableIdentifier identifier) {
    if (!resources.holdsViews()) {
      return Optional.empty();
    }
    String attempted = "load the view " + identifier;
    HttpOutcome.Answered answer =
        resources
            .client()
            .read(
                "GET", resources.config().paths().view(identifier), Map.of(), Map.of(), attempted);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    return Optional.of(taken(identifier, RestClient.json(answer, attempted)));
  }

  /** The view in an answer; XX001 where its metadata cannot be read. */
  ViewMetadata taken(TableIdentifier identifier, JsonNode answer) {
    String location = answer.path("metadata-location").asText("");
    try {
      ViewMetadata view = ViewMetadataParser.fromJson(location, answer.path("metadata"));
      view.check();
      view.schema();
      kept.keep(location, view, 2L * answer.path("metadata").toString().length());
      return view;
    } catch (IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | ValidationException e) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the catalog's metadata of the view "
              + identifier
              + " is corrupt ("
              + e.getMessage()
              + ')',
          e);
    }
  }

  @Nullable ViewMetadata known(TablePointer pointer) {
    return kept.find(pointer.metadataLocation());
  }

  /** The metadata of a view at a read point; 40001 where that is out of memory and has moved. */
  ViewMetadata metadata(TableIdentifier identifier, TablePointer pointer) {
    ViewMetadata known = known(pointer);
    if (known != null) {
      return known;
    }
    return load(identifier)
        .filter(view -> pointer.metadataLocation().equals(view.metadataFileLocation()))
        .orElseThrow(
            () ->
                new EngineException(
                    SqlState.SERIALIZATION_FAILURE,
                    "another client changed the view " + identifier + ": run the statement again"));
  }
}
