package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.TravelledTable;
import dev.frazil.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
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
  private final Map<Integer, SqlType> constantParameters = new HashMap<>();
  private final TableNames names;
  private final Namespace currentSchema;
  private final FrazilTypeFactory typeFactory = new FrazilTypeFactory();
  private final CatalogSchema schema;
  private final CatalogReader reader;

  StatementContext(
      ParsedSql parsed, TableResolver resolver, PlanSettings settings, ConstantSource constants) {
    this.parsed = parsed;
    this.resolver = resolver;
    this.settings = settings;
    this.constants = constants;
    this.names = new TableNames(resolver);
    this.schema =
        new CatalogSchema(resolver, names, typeFactory, parsed.names(MetadataColumns.NAMES));
    this.currentSchema = resolver.currentSchema();
    this.reader = new CatalogReader(schema.root(), List.of(currentSchema.levels()), typeFactory);
    schema.bind(reader);
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

  /** A query as Calcite understood it. */
  record Translated(RelRoot root, List<List<String>> origins, List<Integer> parameters) {}

  /** Parses, validates and converts a query; sub-queries still stand in its expressions. */
  Translated translate(QueryText text) {
    return translate(text, query -> query);
  }

  /** As above, of a query that is changed as soon as it is parsed. */
  Translated translate(QueryText text, UnaryOperator<SqlNode> change) {
    List<TravelledTable> travelled = text.travelledTables();
    for (int i = 0; i < travelled.size(); i++) {
      schema.register("$travel" + i, TimeTravel.resolve(travelled.get(i), this), false);
    }
    String sql = PlacedConstants.fill(text, this);
    CalciteErrors errors = new CalciteErrors(text, names, schema::columnNames);
    try {
      SqlNode rewritten = new AstRewriter(text, currentSchema).rewrite(change.apply(parse(sql)));
      SqlNode query = AliasedTable.within(new OuterColumns().rewrite(rewritten));
      FrazilValidator validator = new FrazilValidator(reader, typeFactory);
      SqlNode validated = validator.validate(query);
      List<List<String>> origins = validator.getFieldOrigins(validated);
      RelRoot root = converter(validator).convertQuery(validated, false, true);
      return new Translated(root, origins, text.parameters());
    } catch (SqlParseException e) {
      throw errors.syntax(e);
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

  private static SqlNode parse(String text) throws SqlParseException {
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

  /**
   * Calcite builds what the text says and no more: our own rules come later. Merged projections
   * ("bloat") lose the columns that a correlated sub-query reads.
   */
  private SqlToRelConverter converter(SqlValidator validator) {
    RelOptCluster cluster = RelOptCluster.create(new IdlePlanner(), new RexBuilder(typeFactory));
    cluster.setMetadataQuerySupplier(StatementContext::metadataQuery);
    return new FrazilConverter(
        (rowType, query, schemaPath, viewPath) -> {
          throw EngineException.unsupported("a view");
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
