package dev.frazil.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ViewChange;
import dev.frazil.plan.ViewText;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.TransactionViews;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.ImmutableSQLViewRepresentation;
import org.apache.iceberg.view.ImmutableViewVersion;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewProperties;
import org.apache.iceberg.view.ViewVersion;

/** Makes, changes and drops views within a transaction, by Iceberg's view spec. Stateless. */
final class ViewExecutor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VIEW_FORMAT_VERSION = 1;

  private ViewExecutor() {}

  static void execute(ViewChange change, SessionTransaction session) {
    session.requireViews();
    session.prepareWrite("A change of a view");
    TransactionViews views = session.transaction().definitions().changedViews();
    if (change instanceof ViewChange.Create create) {
      create(create, session, views);
    } else if (change instanceof ViewChange.Drop drop) {
      if (drop.ifExists() && !views.exists(drop.identifier())) {
        session.transaction().reads().name(drop.identifier());
      } else {
        views.drop(drop.identifier());
      }
    } else if (change instanceof ViewChange.Rename rename) {
      if (!rename.identifier().equals(rename.newName())) {
        views.rename(rename.identifier(), rename.newName());
      }
    } else if (change instanceof ViewChange.Redefine redefine) {
      ViewMetadata before = existing(redefine, views);
      views.replace(
          redefine.identifier(), replaced(before, redefine.definition(), Map.of(), Set.of()));
    } else if (change instanceof ViewChange.CommentOnColumn comment) {
      views.replace(comment.identifier(), commented(existing(comment, views), comment));
    } else if (change instanceof ViewChange.ChangeProperties properties) {
      ViewMetadata before = existing(properties, views);
      refuseClassNames(properties.set());
      views.replace(
          properties.identifier(),
          checked(
              () ->
                  ViewMetadata.buildFrom(before)
                      .setProperties(properties.set())
                      .removeProperties(properties.removed())
                      .build()));
    }
  }

  /** A version of the same texts, with columns of which one has another comment. */
  private static ViewMetadata commented(ViewMetadata before, ViewChange.CommentOnColumn comment) {
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField column : before.schema().columns()) {
      columns.add(
          column.name().equals(comment.column())
              ? Types.NestedField.from(column).withDoc(comment.comment()).build()
              : column);
    }
    ViewVersion version =
        ImmutableViewVersion.builder()
            .from(before.currentVersion())
            .versionId(lastVersion(before) + 1)
            .timestampMillis(TimeSource.system().nowMillis())
            .build();
    return checked(
        () ->
            ViewMetadata.buildFrom(before).setCurrentVersion(version, new Schema(columns)).build());
  }

  private static int lastVersion(ViewMetadata view) {
    return view.versions().stream().mapToInt(ViewVersion::versionId).max().orElse(0);
  }

  private static ViewMetadata existing(ViewChange change, TransactionViews views) {
    return views
        .find(change.identifier())
        .orElseThrow(
            () ->
                new EngineException(
                    SqlState.UNDEFINED_TABLE,
                    "the view " + change.identifier() + " does not exist"));
  }

  private static void create(
      ViewChange.Create create, SessionTransaction session, TransactionViews views) {
    refuseClassNames(create.properties());
    Optional<ViewMetadata> before = views.find(create.identifier());
    if (before.isPresent() && create.ifNotExists()) {
      return;
    }
    if (before.isPresent() && create.orReplace()) {
      Set<String> gone = new HashSet<>(before.get().properties().keySet());
      gone.removeAll(create.properties().keySet());
      // What allows the replacement is asked of the view as it is.
      gone.remove(ViewProperties.REPLACE_DROP_DIALECT_ALLOWED);
      views.replace(
          create.identifier(),
          replaced(before.get(), create.definition(), create.properties(), gone));
      return;
    }
    if (session.transaction().load(create.identifier()).isPresent()) {
      throw new EngineException(
          SqlState.DUPLICATE_TABLE,
          "the table " + create.identifier() + " exists already, and a view cannot have its name");
    }
    views.create(
        create.identifier(),
        checked(
            () ->
                ViewMetadata.builder()
                    .assignUUID(Ids.system().uuid().toString())
                    .upgradeFormatVersion(VIEW_FORMAT_VERSION)
                    .setLocation(views.newLocation(create.identifier()))
                    .setProperties(create.properties())
                    .setCurrentVersion(
                        version(1, create.definition()), create.definition().schema())
                    .build()));
  }

  /** The view with another version: its identity and its earlier versions stay. */
  private static ViewMetadata replaced(
      ViewMetadata before,
      ViewChange.Definition definition,
      Map<String, String> properties,
      Set<String> removed) {
    boolean mayDrop =
        Boolean.parseBoolean(before.properties().get(ViewProperties.REPLACE_DROP_DIALECT_ALLOWED));
    if (!mayDrop) {
      for (var text : before.currentVersion().representations()) {
        if (text instanceof SQLViewRepresentation sql
            && !sql.dialect().toLowerCase(Locale.ROOT).equals(ViewText.DIALECT)) {
          throw new EngineException(
              SqlState.OBJECT_NOT_IN_STATE,
              "the view holds a query for "
                  + sql.dialect()
                  + ", which would be lost: set its property '"
                  + ViewProperties.REPLACE_DROP_DIALECT_ALLOWED
                  + "' = 'true' by ALTER VIEW first, or drop it");
        }
      }
    }
    return checked(
        () ->
            ViewMetadata.buildFrom(before)
                .setProperties(properties)
                .removeProperties(removed)
                .setCurrentVersion(
                    version(lastVersion(before) + 1, definition), definition.schema())
                .build());
  }

  private static ViewVersion version(int id, ViewChange.Definition definition) {
    try {
      return ImmutableViewVersion.builder()
          .versionId(id)
          .timestampMillis(TimeSource.system().nowMillis())
          .schemaId(definition.schema().schemaId())
          .defaultNamespace(definition.defaultNamespace())
          .putSummary("engine-name", ViewText.DIALECT)
          .putSummary(ViewText.QUERY_COLUMNS, JSON.writeValueAsString(definition.queryColumns()))
          .addRepresentations(
              ImmutableSQLViewRepresentation.builder()
                  .sql(definition.sql())
                  .dialect(ViewText.DIALECT)
                  .build())
          .build();
    } catch (JsonProcessingException e) {
      throw EngineException.internal("names of columns as JSON", e);
    }
  }

  /** Iceberg says so where a property has a value that it cannot use. */
  private static ViewMetadata checked(Supplier<ViewMetadata> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException | IllegalStateException | ValidationException e) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the view cannot be made as asked for: " + e.getMessage(),
          e);
    }
  }

  /** No property may name a class that readers would load. */
  private static void refuseClassNames(Map<String, String> properties) {
    for (String property : properties.keySet()) {
      String name = property.toLowerCase(Locale.ROOT);
      if (name.endsWith("impl") || name.endsWith("factory") || name.endsWith("class")) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the property '"
                + property
                + "' of a view names a class, which is not allowed; leave it out");
      }
    }
  }
}
