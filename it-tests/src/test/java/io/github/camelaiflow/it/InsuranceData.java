package io.github.camelaiflow.it;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The insurance data: claims and customers joined on {@code policy_id}, in two halves.
 *
 * @param training one half, by chance
 * @param unseen the other half
 */
record InsuranceData(List<Row> training, List<Row> unseen) {

    static final String KEY = "policy_id";
    static final String ZIP = "customer_zip";
    static final String FRAUD = "fraud";
    static final String GENUINE = "genuine";
    static final List<String> NUMBERS = List.of(
            "num_vehicles_involved",
            "num_injuries",
            "num_witnesses",
            "injury_claim",
            "vehicle_claim",
            "total_claim_amount",
            "incident_month",
            "incident_day",
            "incident_dow",
            "incident_hour",
            "customer_age",
            "months_as_customer",
            "num_claims_past_year",
            "num_insurers_past_5_years",
            "policy_deductable",
            "policy_annual_premium",
            "auto_year");
    static final List<String> CATEGORIES = List.of(
            "driver_relationship",
            "incident_type",
            "collision_type",
            "incident_severity",
            "authorities_contacted",
            "police_report_available",
            "policy_state",
            "policy_liability",
            "customer_gender",
            "customer_education");

    /** A claim with its customer, without the label, which stands beside it. */
    record Row(Map<String, Object> fields, boolean fraud) {

        String key() {
            return (String) fields.get(KEY);
        }

        /** The same with one number multiplied. */
        Map<String, Object> scaled(String field, double factor) {
            Map<String, Object> changed = new LinkedHashMap<>(fields);
            changed.put(field, (Double) fields.get(field) * factor);
            return changed;
        }
    }

    /** Reads {@code claims.csv} and {@code customers.csv}; the seed says which rows go into which half. */
    static InsuranceData read(Path folder, long seed) throws IOException {
        Map<String, Map<String, String>> customers = csv(folder.resolve("customers.csv")).stream()
                .collect(Collectors.toMap(row -> row.get(KEY), row -> row));
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> claim : csv(folder.resolve("claims.csv"))) {
            Map<String, String> joined = new LinkedHashMap<>(claim);
            joined.putAll(customers.get(claim.get(KEY)));
            rows.add(new Row(typed(joined), joined.get(FRAUD).equals("1")));
        }
        Collections.shuffle(rows, new Random(seed));
        int half = rows.size() / 2;
        return new InsuranceData(List.copyOf(rows.subList(0, half)), List.copyOf(rows.subList(half, rows.size())));
    }

    private static List<Map<String, String>> csv(Path file) throws IOException {
        try (var rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(file.toFile())) {
            return rows.readAll();
        }
    }

    private static Map<String, Object> typed(Map<String, String> row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(KEY, row.get(KEY));
        fields.put(ZIP, row.get(ZIP));
        NUMBERS.forEach(field -> fields.put(field, Double.valueOf(row.get(field))));
        CATEGORIES.forEach(field -> fields.put(field, row.get(field)));
        return fields;
    }

    /** The training half as CSV, without label: what later records are compared with. */
    String referenceCsv() {
        List<String> fields = new ArrayList<>(NUMBERS);
        fields.addAll(CATEGORIES);
        return training.stream()
                .map(row -> fields.stream()
                        .map(field -> String.valueOf(row.fields().get(field)))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", String.join(",", fields) + "\n", "\n"));
    }

    /** The categories of a field that the training half knows, sorted. */
    Iterable<String> categories(String field) {
        return training.stream()
                .map(row -> (String) row.fields().get(field))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
