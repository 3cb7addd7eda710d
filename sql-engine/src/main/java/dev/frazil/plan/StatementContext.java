package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.ChangedTable;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.TravelledTable;
import dev.frazil.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewVersion;
import org.jspecify.annotations.Nullable;

/** What the planning of one statement shares: its text, its tables, Calcite's instances. */
final class StatementContext {
  /**
   * Calcite's, but for the parameters of lambdas, and for AVG over a window: Calcite's division of
   * a sum by a count loses digits that an AVG has.
   */
  private static final SqlRexConvertletTable CONVERTLETS = StatementContext::convertlet;

  private final ParsedSql parsed;
  private final TableResolver resolver;
  private final PlanSettings settings;
  private final ConstantSource constants;
  private final ViewNesting views;
  private final Map<Integer, SqlType> constantParameters = new HashMap<>();
  private final TableNames names;
  private final TableReferences references;
  private final Namespace currentSchema;
  private final FrazilTypeFactory typeFactory = new FrazilTypeFactory();
  private final CatalogSchema schema;
  private final CatalogReader reader;

  StatementContext(
      ParsedSql parsed, TableResolver resolver, PlanSettings settings, ConstantSource constants) {
    this(parsed, resolver, settings, constants, ViewNesting.none());
  }

  private StatementContext(
      ParsedSql parsed,
      TableResolver resolver,
      PlanSettings settings,
      ConstantSource constants,
      ViewNesting views) {
    this.views = views;
    this.parsed = parsed;
    this.resolver = resolver;
    this.settings = settings;
    this.constants = constants;
    this.names = new TableNames(resolver);
    this.references = new TableReferences(names, resolver, settings.wapBranch());
    this.schema =
        new CatalogSchema(resolver, references, typeFactory, parsed.names(MetadataColumns.NAMES));
    this.currentSchema = resolver.currentSchema();
    ExactFirstNames compared = new ExactFirstNames(schema::namesThatDifferInCase);
    this.reader =
        new CatalogReader(schema.root(), compared, List.of(currentSchema.levels()), typeFactory);
    schema.bind(reader, this);
  }

  /** The same statement as the definition of a view, which must not read itself. */
  StatementContext within(TableIdentifier view) {
    return new StatementContext(parsed, resolver, settings, constants, views.enter(view));
  }

  /** The query of a view that this statement reads. */
  StatementContext ofView(TableIdentifier view, ParsedSql query, ViewVersion version) {
    ViewTables tables =
        new ViewTables(resolver, version.defaultNamespace(), version.defaultCatalog());
    return new StatementContext(query, tables, settings, constants, views.enter(view));
  }

  /** The views that the statement reads. */
  ViewNesting views() {
    return views;
  }

  /** Where unqualified names live. */
  Namespace currentSchema() {
    return currentSchema;
  }

  /** Of another text, on the same tables. */
  StatementContext of(ParsedSql text) {
    return new StatementContext(text, resolver, settings, constants);
  }

  ParsedSql parsed() {
    return parsed;
  }

  PlanSettings settings() {
    return settings;
  }

  TableNames names() {
    return names;
  }

  TableReferences references() {
    return references;
  }

  CatalogSchema schema() {
    return schema;
  }

  /** The types of the parameters that stand in constants. */
  Map<Integer, SqlType> constantParameters() {
    return constantParameters;
  }

  /** The value of an expression without columns, cast to a type; see {@link ConstantSource}. */
  @Nullable Object constant(Slice expression, String type) {
    QueryPlanner planner =
        new QueryPlanner(new StatementContext(parsed, resolver, settings, constants));
    QueryPlanner.Unoptimized query =
        planner.translateShown(
            parsed
                .newConstant()
                .add("SELECT CAST((")
                .addSlice(expression)
                .add(") AS " + type + ")"));
    constantParameters.putAll(planner.expressions().parameters());
    return constants.value(
        new PlannedStatement.Query(
            planner.optimize(query.node()), query.results(), planner.parameters()));
  }

  /** The constraints of a table, as this statement plans them. */
  List<TableCheck> checks(TableHandle table) {
    return CheckPlanner.of(table, resolver, settings, constants);
  }

  /** A query as Calcite understood it. */
  record Translated(RelRoot root, List<List<String>> origins, List<Integer> parameters) {}

  /** Parses, validates and converts a query; sub-queries still stand in its expressions. */
  Translated translate(QueryText text) {
    return translate(text, query -> query);
  }

  /** As above, of a query that is changed as soon as it is parsed. */
  Translated translate(QueryText text, UnaryOperator<SqlNode> change) {
    Validated validated = validate(text, change);
    return translating(
        validated.errors(),
        () -> {
          FrazilValidator validator = validated.validator();
          List<List<String>> origins = validator.getFieldOrigins(validated.query());
          RelRoot root =
              converter(validator, newCluster()).convertQuery(validated.query(), false, true);
          return new Translated(root, origins, text.parameters());
        });
  }

  /** A query whose names and types are known. */
  record Validated(SqlNode query, FrazilValidator validator, CalciteErrors errors) {
    RelDataType rowType() {
      return validator.getValidatedNodeType(query);
    }
  }

  /** The rows of a query that stands in the place of a table of another one, in no order. */
  RelNode rows(Validated validated, RelOptCluster cluster) {
    views.read();
    return translating(
        validated.errors(),
        () ->
            converter(validated.validator(), cluster)
                .convertTable(validated.query(), validated.rowType()));
  }

  /** Parses and validates a query that is changed as soon as it is parsed. */
  Validated validate(QueryText text, UnaryOperator<SqlNode> change) {
    List<TravelledTable> travelled = text.travelledTables();
    for (int i = 0; i < travelled.size(); i++) {
      schema.register("$travel" + i, TimeTravel.resolve(travelled.get(i), this), false);
    }
    List<ChangedTable> changed = text.changedTables();
    for (int i = 0; i < changed.size(); i++) {
      schema.register("$changes" + i, ChangeFeed.resolve(changed.get(i), this));
    }
    String sql = PlacedConstants.fill(text, this);
    CalciteErrors errors = new CalciteErrors(text, names, schema::columnNames);
    return translating(
        errors,
        () -> {
          SqlNode rewritten =
              new AstRewriter(text, currentSchema).rewrite(change.apply(parse(sql, errors)));
          SqlNode query =
              AliasedTable.within(
                  new OuterColumns().rewrite(SelectedTables.within(rewritten, this)));
          FrazilValidator validator = new FrazilValidator(reader, typeFactory);
          return new Validated(validator.validate(query), validator, errors);
        });
  }

  /** Does Calcite's work; what it complains about is told in our words. */
  private static <T> T translating(CalciteErrors errors, Supplier<T> work) {
    try {
      return work.get();
    } catch (CalciteContextException e) {
      throw errors.validation(e);
    } catch (CalciteException e) {
      throw errors.uncovered(e);
    } catch (EngineException e) {
      throw e;
    } catch (AssertionError e) {
      throw CalciteErrors.asserted(e);
    } catch (RuntimeException e) {
      throw errors.translationFailure(e);
    }
  }

  private static @Nullable SqlRexConvertlet convertlet(SqlCall call) {
    if (call.getOperator() instanceof LambdaParameter) {
      return LambdaParameter::toRex;
    } else if (call.getKind() == SqlKind.DOT) {
      return RowFields::toRex;
    } else if (call.getOperator().equals(IntervalAggregates.AVG)) {
      return (context, average) ->
          StandardConvertletTable.INSTANCE.convertAggregateFunction(
              context, IntervalAggregates.AVG, average);
    }
    SqlFunction original = TimeMixes.original(call.getOperator());
    return StandardConvertletTable.INSTANCE.get(
        original == null
            ? call
            : original.createCall(call.getParserPosition(), call.getOperandList()));
  }

  private static SqlNode parse(String text, CalciteErrors errors) {
    try {
      return parse(text);
    } catch (SqlParseException e) {
      throw errors.syntax(e);
    }
  }

  /** A query in Calcite's own language. */
  static SqlNode parse(String text) throws SqlParseException {
    return SqlParser.create(
            text,
            SqlParser.config()
                .withQuoting(Quoting.DOUBLE_QUOTE)
                .withQuotedCasing(Casing.UNCHANGED)
                .withUnquotedCasing(Casing.TO_LOWER)
                .withIdentifierMaxLength(1024)
                .withConformance(Dialect.INSTANCE))
        .parseQuery();
  }

  RelOptCluster newCluster() {
    RelOptCluster cluster = RelOptCluster.create(new IdlePlanner(), new RexBuilder(typeFactory));
    cluster.setMetadataQuerySupplier(StatementContext::metadataQuery);
    return cluster;
  }

  /**
   * Calcite builds what the text says and no more: our own rules come later. Merged projections
   * ("bloat") lose the columns that a correlated sub-query reads.
   */
  private FrazilConverter converter(SqlValidator validator, RelOptCluster cluster) {
    return new FrazilConverter(
        (rowType, query, schemaPath, viewPath) -> {
          throw EngineException.internal("a view that expands itself");
        },
        validator,
        reader,
        cluster,
        CONVERTLETS,
        SqlToRelConverter.config()
            .withExpand(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withTrimUnusedFields(false)
            .withRemoveSortInSubQuery(true)
            .withRelBuilderConfigTransform(
                config ->
                    config
                        .withSimplify(false)
                        .withSimplifyValues(false)
                        .withBloat(-1)
                        .withPushJoinCondition(false)
                        .withPruneInputOfAggregate(false)));
  }

  /**
   * Knows nothing, for nothing here asks for its sake: Calcite would drop a DISTINCT where it holds
   * rows for unique that are not (above LATERAL), and fails over predicates that compare with NULL.
   * Through proxies: the usual provider compiles Java at run time.
   */
  static RelMetadataQuery metadataQuery() {
    return new RelMetadataQuery(
        new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)) {
      @Override
      public RelOptPredicateList getPulledUpPredicates(RelNode relation) {
        return RelOptPredicateList.EMPTY;
      }

      @Override
      public @Nullable Boolean areColumnsUnique(
          RelNode relation, ImmutableBitSet columns, boolean ignoreNulls) {
        return null;
      }

      @Override
      public @Nullable Double getMaxRowCount(RelNode relation) {
        return null;
      }
    };
  }

  /** The relational tree with exactly the columns of the result. */
  static RelNode relation(RelRoot root) {
    return root.project(false);
  }
}
