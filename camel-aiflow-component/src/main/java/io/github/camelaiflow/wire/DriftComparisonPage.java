package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.Reference;
import io.github.camelaiflow.drift.profile.ColumnProfile;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.report.DriftComparison;
import io.github.camelaiflow.records.CellType;
import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.records.SampleReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.ResourceHelper;

/**
 * Compares a file of records, which is the body, with a reference, and makes the body an HTML page of it. The file is CSV or JSON lines by its
 * name (header {@code CamelFileName}). All its records are one window, or window after window if {@link #setWindow} says how long
 * they are. The verdict is in the header {@code CamelAiflowDrift}. The file is held in memory. Thread-safe once set up.
 */
public final class DriftComparisonPage implements Processor {

    private String reference;
    private String key;
    private List<String> fields = List.of();
    private int window;
    private double alpha = 0.05;
    private double falseAlarms = 10_000;

    /** The reference, a resource: CSV, JSON lines or a stored profile; required. */
    public void setReference(String reference) {
        this.reference = reference;
    }

    /** The field that tells records apart, which is not compared; none by default. */
    public void setKey(String key) {
        this.key = key;
    }

    /** The fields to compare, with commas between; all that the reference can compare by default. */
    public void setFields(String fields) {
        this.fields = Arrays.stream(fields.split(","))
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .toList();
    }

    /** How many records make a window; 0, the default, for all together. */
    public void setWindow(int window) {
        this.window = window;
    }

    /** The chance of saying drift without any where all records are one window; 0.05 by default. */
    public void setAlpha(double alpha) {
        this.alpha = alpha;
    }

    /** Records per false alarm on average where there are windows; 10000 by default. */
    public void setFalseAlarms(double falseAlarms) {
        this.falseAlarms = falseAlarms;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (reference == null) {
            throw new IllegalArgumentException("the page of a comparison needs a reference");
        }
        Message message = exchange.getMessage();
        AiflowComponent component = exchange.getContext().getComponent("aiflow", AiflowComponent.class);
        String name = message.getHeader(Exchange.FILE_NAME, String.class);
        if (name == null) {
            throw new IllegalArgumentException(
                    "the header CamelFileName must tell the name of the file, and so its format");
        }
        byte[] body = message.getMandatoryBody(byte[].class);
        DriftComparison comparison = compare(exchange, name, body);
        HtmlBody.set(exchange, comparison.html(name, component.now()));
        message.setHeader(AiflowConstants.DRIFT, comparison.status().name());
    }

    private DriftComparison compare(Exchange exchange, String name, byte[] body) throws IOException {
        Reference with = reference(exchange);
        SampleReader file = new SampleReader(name, () -> new ByteArrayInputStream(body));
        ColumnTypes types = types(with.profile());
        DriftComparison.Rows rows = each -> file.read(types, each);
        DriftConfig config = DriftConfig.DEFAULT.withFields(fields);
        return window > 0
                ? DriftComparison.windows(with, rows, config.withWindow(window).withFalseAlarms(falseAlarms))
                : DriftComparison.whole(with, rows, alpha, config);
    }

    private Reference reference(Exchange exchange) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(exchange.getContext(), reference)) {
            return Reference.read(reference, in, new Schema(key, List.of()));
        }
    }

    /** Cells are read as the reference has its columns. */
    private static ColumnTypes types(Profile profile) {
        Map<String, CellType> types = new LinkedHashMap<>();
        for (String name : profile.columns()) {
            ColumnProfile column = profile.column(name);
            types.put(column.kind().field(name), type(column));
        }
        return new ColumnTypes(types);
    }

    private static CellType type(ColumnProfile column) {
        return switch (column.kind()) {
            case NUMBER -> CellType.NUMBER;
            case BOOLEAN -> CellType.BOOLEAN;
            default -> CellType.TEXT;
        };
    }
}
