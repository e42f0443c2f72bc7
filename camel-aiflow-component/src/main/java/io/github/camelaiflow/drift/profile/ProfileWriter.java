package io.github.camelaiflow.drift.profile;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.camelaiflow.statistics.ExactMoments;
import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a profile as JSON, always in the same order and in lines that version control can compare. */
final class ProfileWriter {

    private static final double WHOLE = 0x1p53;

    private final StringBuilder out = new StringBuilder();
    private String margin = "";

    String write(Profile profile) {
        out.append("{\n");
        String created = profile.created().map(Object::toString).orElse(null);
        out.append("  \"format\": ").append(text(StoredProfile.FORMAT)).append(",\n");
        out.append("  \"created\": ").append(text(created)).append(",\n");
        out.append("  \"schema\": ").append(text(profile.head().schemaDigest())).append(",\n");
        out.append("  \"capacity\": ").append(profile.capacity()).append(",\n");
        body(profile);
        out.append(",\n");
        rows(profile);
        out.append(",\n");
        segments(profile);
        return out.append("\n}\n").toString();
    }

    private void body(Profile profile) {
        line("  \"records\": " + profile.records() + ",\n");
        line("  \"recordsRead\": " + profile.recordsRead() + ",\n");
        line("  \"columns\": {");
        String separator = "\n";
        for (String name : profile.columns()) {
            out.append(separator);
            line("    " + text(name) + ": {\n");
            column(profile.column(name), profile.presence(name));
            line("    }");
            separator = ",\n";
        }
        out.append("\n");
        line("  },\n");
        line("  \"leftOut\": {");
        entries(profile.leftOut(), "    ", this::text);
        out.append("}");
    }

    private void column(ColumnProfile column, Presence presence) {
        line("      \"kind\": " + text(column.kind().name().toLowerCase(Locale.ROOT)) + ",\n");
        line("      \"presence\": {\"values\": " + presence.values() + ", \"missing\": " + presence.missing()
                + ", \"wrongType\": " + presence.wrongType() + ", \"infinite\": " + presence.infinite() + "},\n");
        if (column instanceof NumberProfile numbers) {
            numbers(numbers);
        } else {
            categories((CategoryProfile) column);
        }
    }

    private void numbers(NumberProfile column) {
        ExactMoments moments = column.moments();
        QuantileSketch sketch = column.quantiles();
        line("      \"about\": {\"mean\": " + number(moments.mean()) + ", \"deviation\": "
                + number(moments.standardDeviation(1)) + ", \"median\": "
                + number(sketch.quantile(0.5, Interpolation.NEAREST_RANK)) + "},\n");
        line("      \"moments\": {\"min\": " + number(moments.min()) + ", \"max\": " + number(moments.max())
                + ", \"sum\": " + text(moments.sum().toString()) + ", \"squares\": "
                + text(moments.squares().toString()) + "},\n");
        QuantileSketch.State state = sketch.state();
        line("      \"sketch\": {\"up\": " + state.up() + ", \"down\": " + state.down() + ", \"levels\": [\n");
        for (Iterator<double[]> levels = state.levels().iterator(); levels.hasNext(); ) {
            out.append(margin).append("        [");
            double[] level = levels.next();
            for (int i = 0; i < level.length; i++) {
                out.append(i == 0 ? "" : ", ").append(number(level[i]));
            }
            out.append(levels.hasNext() ? "],\n" : "]]}\n");
        }
    }

    private void categories(CategoryProfile column) {
        line("      \"about\": {\"distinct\": " + column.distinct() + "},\n");
        if (!column.hashed()) {
            line("      \"categories\": {");
            entries(column.categories(), "        ", String::valueOf);
            out.append("}\n");
            return;
        }
        line("      \"buckets\": [");
        long[] buckets = column.buckets();
        for (int i = 0; i < buckets.length; i++) {
            out.append(i == 0 ? "" : i % 32 == 0 ? ",\n" + margin + "        " : ", ")
                    .append(buckets[i]);
        }
        out.append("],\n");
        line("      \"hashes\": [");
        String separator = "";
        for (long hash : column.hashes().smallest()) {
            out.append(separator).append(text(Long.toHexString(hash)));
            separator = ", ";
        }
        out.append("]\n");
    }

    private void rows(Profile profile) {
        SampledRows sample = profile.sample();
        List<String> columns = profile.columns();
        out.append("  \"rows\": {\"limit\": ").append(sample.limit()).append(", \"drawn\": [");
        String separator = "\n";
        for (SampledRows.Drawn drawn : sample.drawn()) {
            out.append(separator).append("    [").append(text(Long.toHexString(drawn.number())));
            for (String column : columns) {
                Object value = drawn.row().get(column);
                out.append(", ").append(value instanceof Double number ? number(number) : text((String) value));
            }
            out.append(']');
            separator = ",\n";
        }
        out.append("]}");
    }

    private void segments(Profile profile) {
        out.append("  \"segments\": {\"field\": ").append(text(profile.head().segmentField()));
        out.append(", \"profiles\": {");
        margin = "    ";
        String separator = "\n";
        for (Map.Entry<String, Profile> segment : profile.segments().entrySet()) {
            out.append(separator);
            line(text(segment.getKey()) + ": {\n");
            body(segment.getValue());
            out.append("\n");
            line("}");
            separator = ",\n";
        }
        out.append("}}");
    }

    private <T> void entries(Map<String, T> entries, String indent, java.util.function.Function<T, String> form) {
        String separator = "\n";
        for (Map.Entry<String, T> entry : entries.entrySet()) {
            out.append(separator);
            line(indent + text(entry.getKey()) + ": " + form.apply(entry.getValue()));
            separator = ",\n";
        }
    }

    private void line(String text) {
        out.append(margin).append(text);
    }

    private String text(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    /** The shortest form that gives the same number again; null for what JSON cannot tell. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < WHOLE;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
