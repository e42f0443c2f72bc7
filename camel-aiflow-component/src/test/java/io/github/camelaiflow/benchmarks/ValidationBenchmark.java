package io.github.camelaiflow.benchmarks;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.SuiteReader;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.validation.WindowSettings;
import io.github.camelaiflow.validation.WindowValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 20 fields under 60 checks (there, at least 0, at most 100): records by a suite of 60 expectations against beans with the
 * same constraints as Hibernate Validator alone judges them. All are valid, the everyday case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ValidationBenchmark {

    private static final int FIELDS = 20;

    /** Records of one exchange. */
    @Param({"1", "1000"})
    private int batch;

    private ValidatorFactory factory;
    private Validator hibernate;
    private RecordValidator validator;
    private RecordValidator constraints;
    private WindowValidator windows;
    private Records records;
    private List<ConstrainedBean> beans;

    /** Makes records and beans of the same values. */
    @Setup
    public void start() {
        validator = new RecordValidator(Schema.NONE, SuiteReader.read(suite(EXPECTATIONS), "suite.yaml"));
        constraints = new RecordValidator(Schema.NONE, SuiteReader.read(suite(CONSTRAINTS), "constraints.yaml"));
        windows = new WindowValidator(
                new RecordValidator(Schema.NONE, SuiteReader.read(suite(EXPECTATIONS + AGGREGATES), "window.yaml")),
                new WindowSettings(1_000_000, null, 1),
                ResultFormat.SUMMARY,
                InstantSource.system(),
                verdict -> {});
        factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory();
        hibernate = factory.getValidator();
        Random random = new Random(1);
        List<Map<String, Object>> rows = new ArrayList<>();
        beans = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            double[] values = random.doubles(FIELDS, 0, 100).toArray();
            beans.add(new ConstrainedBean(values));
            Map<String, Object> row = new LinkedHashMap<>();
            for (int field = 0; field < FIELDS; field++) {
                row.put("f" + field, values[field]);
            }
            rows.add(row);
        }
        records = batch == 1 ? Records.single(rows.get(0)) : Records.batch(rows);
    }

    private static final String EXPECTATIONS = """
            - {type: expect_column_values_to_not_be_null, kwargs: {column: FIELD}}
            - {type: expect_column_values_to_be_between, kwargs: {column: FIELD, min_value: 0}}
            - {type: expect_column_values_to_be_between, kwargs: {column: FIELD, max_value: 100}}
            """;
    private static final String CONSTRAINTS = """
            - {type: NotNull, kwargs: {column: FIELD}}
            - {type: DecimalMin, kwargs: {column: FIELD, value: '0'}}
            - {type: DecimalMax, kwargs: {column: FIELD, value: '100'}}
            """;
    private static final String AGGREGATES = """
            - {type: expect_column_mean_to_be_between, kwargs: {column: FIELD, min_value: 0}}
            - {type: expect_column_median_to_be_between, kwargs: {column: FIELD, min_value: 0}}
            """;

    /** The expectations of every field. */
    private static byte[] suite(String expectationsOfOne) {
        StringBuilder yaml = new StringBuilder();
        for (int field = 0; field < FIELDS; field++) {
            yaml.append(expectationsOfOne.replace("FIELD", "f" + field));
        }
        return yaml.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Closes the validators. */
    @TearDown
    public void stop() {
        validator.close();
        constraints.close();
        factory.close();
    }

    /** The records by the suite. */
    @Benchmark
    public ValidationResult suiteOfExpectations() {
        return validator.validate(records, io.github.camelaiflow.validation.Scope.RECORD, ResultFormat.SUMMARY);
    }

    /** The records by a suite that names the beans' own Jakarta constraints. */
    @Benchmark
    public ValidationResult suiteOfConstraints() {
        return constraints.validate(records, io.github.camelaiflow.validation.Scope.RECORD, ResultFormat.SUMMARY);
    }

    /** The records into a window of a million, with mean and median of each field besides. */
    @Benchmark
    public void window() {
        windows.add(records);
    }

    /** A suite is read and made ready, as at start-up. */
    @Benchmark
    public RecordValidator start60Expectations() {
        RecordValidator started = new RecordValidator(Schema.NONE, SuiteReader.read(suite(EXPECTATIONS), "suite.yaml"));
        started.close();
        return started;
    }

    /** The beans one by one. */
    @Benchmark
    public int hibernateAlone() {
        int violations = 0;
        for (ConstrainedBean bean : beans) {
            violations += hibernate.validate(bean).size();
        }
        return violations;
    }
}
