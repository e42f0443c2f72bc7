package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.FieldDrift;
import io.github.camelaiflow.drift.TestResult;
import io.github.camelaiflow.drift.profile.Presence;
import io.github.camelaiflow.drift.profile.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What a definition says of drift, in routes: references, windows, tests, segments. */
class DriftOptionsTest extends WithFlowFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(5);

    private void define(String drift) {
        folder.write("claims.yaml", """
                flow: claims
                record:
                  key: id
                  fields:
                    amount: {type: number}
                    days: {type: number}
                    type: {type: category, values: [theft, fire]}
                    notes: {type: text, missing: allow}
                models: {v1: {rules: [{when: {amount: {above: 1}}, label: fraud, score: 0.8}], otherwise: {label: genuine, score: 0.9}}}
                drift: %s
                """.formatted(drift));
    }

    private Map<String, Object> claim(double shift, double together) {
        double amount = random.nextGaussian();
        double days = together * amount + Math.sqrt(1 - together * together) * random.nextGaussian();
        return Map.of(
                "id", "c" + random.nextInt(),
                "amount", amount + shift,
                "days", days,
                "type", random.nextBoolean() ? "theft" : "fire",
                "notes", "Hello " + random.nextInt(1000));
    }

    private List<Map<String, Object>> claims(int size, double shift, double together) {
        List<Map<String, Object>> claims = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            claims.add(claim(shift, together));
        }
        return claims;
    }

    private void writeReference(double together) {
        StringBuilder csv = new StringBuilder("id,amount,days,type,notes\n");
        for (Map<String, Object> claim : claims(2000, 0, together)) {
            csv.append(claim.get("id"))
                    .append(',')
                    .append(claim.get("amount"))
                    .append(',')
                    .append(claim.get("days"));
            csv.append(',')
                    .append(claim.get("type"))
                    .append(',')
                    .append(claim.get("notes"))
                    .append('\n');
        }
        folder.write("reference.csv", csv.toString());
    }

    private DriftReport report(Object body) {
        Exchange exchange = send("direct:r0", body);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader(AiflowConstants.DRIFT_REPORT, DriftReport.class);
    }

    /** The report of the window that these records fill. */
    private DriftReport judged(List<Map<String, Object>> claims) {
        long before = report(List.of()).window();
        report(claims);
        await().atMost(PATIENCE).until(() -> report(List.of()).window() > before);
        return report(List.of());
    }

    @Test
    void testsAreThoseTheDefinitionNames() throws Exception {
        writeReference(0);
        define(
                "{reference: reference.csv, window: 500, tests: {numbers: wasserstein, type: hellinger, days: energy, notes.length: psi},"
                        + " minimumEffect: {numbers: 5}, correction: e-values}");
        start("aiflow:drift:claims");

        DriftReport report = judged(claims(500, 0.5, 0));

        assertThat(report.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(tests(report)).contains("amount wasserstein", "days energy", "type hellinger", "notes.length psi");
        TestResult amount = report.fields().get(0).tests().get(0);
        assertThat(amount.pValue()).isLessThan(amount.level());
        assertThat(amount.minimumEffect()).isEqualTo(5);
    }

    @Test
    void oneMinimumEffectForAllHoldsForFieldsWithATestOfTheirOwnToo() throws Exception {
        writeReference(0);
        define(
                "{reference: reference.csv, window: 500, tests: {amount: wasserstein, type: hellinger}, minimumEffect: 0.9}");
        start("aiflow:drift:claims");

        DriftReport report = judged(claims(500, 0.5, 0));

        assertThat(report.status()).isEqualTo(DriftStatus.STABLE);
        TestResult amount = report.fields().get(0).tests().get(0);
        assertThat(amount.test()).isEqualTo("wasserstein");
        assertThat(amount.pValue()).isLessThan(amount.level());
        assertThat(amount.minimumEffect()).isEqualTo(0.9);
    }

    private static List<String> tests(DriftReport report) {
        return report.fields().stream()
                .flatMap(field -> field.tests().stream().map(test -> field.field() + " " + test.test()))
                .toList();
    }

    @Test
    void allColumnsTogetherAreComparedWithRowsOfTheReference() throws Exception {
        writeReference(0.9);
        define(
                "{reference: reference.csv, window: 500, referenceSample: 1000, multivariate: [mmd, pca, domain-classifier]}");
        start("aiflow:drift:claims");

        assertThat(judged(claims(500, 0, 0.9)).multivariate()).hasSize(3).noneMatch(TestResult::drifted);
        DriftReport apart = judged(claims(500, 0, 0));
        assertThat(apart.multivariate()).anyMatch(TestResult::drifted);
        assertThat(apart.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(apart.driftedFields()).isEmpty();
    }

    @Test
    void whatOtherLibrariesWouldSayIsToldBesides() throws Exception {
        writeReference(0);
        define("{reference: reference.csv, window: 100, referenceSample: 2000, compatible: evidently}");
        start("aiflow:drift:claims");

        DriftReport report = judged(claims(100, 0, 0));

        assertThat(report.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(report.compatible().library()).isEqualTo("evidently");
        assertThat(report.compatible().columns())
                .extracting(column -> column.column())
                .containsExactly("amount", "days", "type", "notes.length", "notes.shape");
        assertThat(report.compatible().columns().get(0).distances().get(0).method())
                .isEqualTo("wasserstein");
        assertThat(report.toJson()).contains("\"library\":\"evidently\"");
    }

    @Test
    void aConformalDetectorSeesValuesRatherThanWindows() throws Exception {
        writeReference(0);
        define("{reference: reference.csv, window: 200, falseAlarms: 100000, detector: conformal}");
        start("aiflow:drift:claims");

        assertThat(tests(judged(claims(200, 0, 0)))).contains("amount conformal", "type conformal");
        DriftReport report = judged(claims(200, 1, 0));
        assertThat(report.fields().get(0).tests()).anyMatch(test -> test.test().equals("conformal") && test.drifted());
        assertThat(report.driftedFields()).containsExactly("amount");
    }

    @Test
    void segmentsHaveWindowsAndVerdictsOfTheirOwn() throws Exception {
        writeReference(0);
        define("{reference: reference.csv, window: 200, segment: type}");
        start("aiflow:drift:claims");

        for (Map<String, Object> claim : claims(500, 0, 0)) {
            Map<String, Object> moved = new HashMap<>(claim);
            double shift = claim.get("type").equals("fire") ? 3 : 0;
            moved.computeIfPresent("amount", (field, amount) -> (double) amount + shift);
            report(moved);
        }

        await().atMost(PATIENCE).until(() -> component().driftReports("claims").size() == 2);
        assertThat(component().driftReports("claims"))
                .anyMatch(one -> "fire".equals(one.segment()) && one.status() == DriftStatus.DRIFTED)
                .anyMatch(one -> "theft".equals(one.segment()) && one.status() == DriftStatus.STABLE);
    }

    private AiflowComponent component() {
        return context.getComponent("aiflow", AiflowComponent.class);
    }

    @Test
    void aProfileIsLearnedAndThenIsTheReference() throws Exception {
        define("{window: 200}\nstore: {url: 'jdbc:h2:mem:learn%d;DB_CLOSE_DELAY=-1'}".formatted(random.nextInt()));
        start("aiflow:infer:claims", "aiflow:drift:claims?mode=learn", "aiflow:drift:claims?mode=learn&resultTo=body");
        for (int i = 0; i < 3; i++) {
            List<Map<String, Object>> claims = claims(500, 0, 0);
            Exchange scored = send("direct:r0", claims);
            assertThat(context.createProducerTemplate()
                            .request("direct:r1", exchange -> exchange.setIn(scored.getMessage()))
                            .getMessage()
                            .getHeader(AiflowConstants.DRIFT))
                    .isEqualTo("INSUFFICIENT_DATA");
        }
        String profile = send("direct:r2", null).getMessage().getBody(String.class);
        assertThat(profile).contains("aiflow-profile-1", "prediction.score", "notes.length");
        context.stop();
        folder.write("profile.json", profile);

        String store = folder.folder.resolve("claims.yaml").toString();
        String definition = Files.readString(Path.of(store));
        folder.write("claims.yaml", definition.replace("{window: 200}", "{reference: learned, window: 200}"));
        start("aiflow:drift:claims");
        assertThat(judged(claims(200, 0, 0)).referenceSample()).isEqualTo(1500);
        context.stop();

        folder.write("claims.yaml", definition.replace("{window: 200}", "{reference: profile.json, window: 200}"));
        start("aiflow:drift:claims");
        assertThat(judged(claims(200, 2, 0)).driftedFields()).containsExactly("amount");
    }

    @Test
    void aRecordThatCannotBeReadCostsTheOthersNoAnswer() throws Exception {
        String store = "store: {url: 'jdbc:h2:mem:answers%d;DB_CLOSE_DELAY=-1'}".formatted(random.nextInt());
        define("{window: 200, reference: learned, outputs: {label: decision}}\n" + store);
        start("aiflow:infer:claims?onError=mark", "aiflow:drift:claims?mode=learn&resultTo=body");
        Exchange learned = withAnswers(claimsAndOneThatIsNone(1000));
        Profile profile = Profile.parse("learned", learned.getMessage().getBody(String.class));
        assertThat(profile.presence(Profile.LABEL)).isEqualTo(new Presence(1000, 0, 0, 0));
        context.stop();

        start("aiflow:infer:claims?onError=mark", "aiflow:drift:claims");
        withAnswers(claimsAndOneThatIsNone(200));
        await().atMost(PATIENCE).until(() -> !component().driftReports("claims").isEmpty());
        DriftReport report = component().driftReports("claims").get(0);
        assertThat(report.fields()).extracting(FieldDrift::field).contains(Profile.LABEL, Profile.SCORE);
        assertThat(report.driftedFields()).isEmpty();
    }

    private List<Object> claimsAndOneThatIsNone(int claims) {
        List<Object> batch = new ArrayList<>(claims(claims, 0, 0));
        batch.add(7, "no claim");
        return batch;
    }

    private Exchange withAnswers(Object body) {
        Exchange scored = send("direct:r0", body);
        assertThat(scored.getException()).isNull();
        Exchange watched =
                context.createProducerTemplate().request("direct:r1", exchange -> exchange.setIn(scored.getMessage()));
        assertThat(watched.getException()).isNull();
        return watched;
    }

    @Test
    void whatIsNotLearnedYetIsNoReference() {
        define("{reference: learned}");
        assertThatThrownBy(() -> start("aiflow:drift:claims"))
                .hasStackTraceContaining(
                        "no profile has been learned yet: let aiflow:drift:claims?mode=learn see records");
    }

    @Test
    void aFlowLearnsOrWatches() {
        writeReference(0);
        define("{reference: reference.csv}");
        assertThatThrownBy(() -> start("aiflow:drift:claims", "aiflow:drift:claims?mode=learn"))
                .hasStackTraceContaining("either learns a reference or watches for drift");
    }

    @Test
    void testsOfRowsNeedAReferenceThatHasThem() throws Exception {
        writeReference(0);
        define("{window: 200}");
        start("aiflow:drift:claims?mode=learn&resultTo=body");
        String profile = send("direct:r0", claims(500, 0, 0)).getMessage().getBody(String.class);
        context.stop();
        folder.write("profile.json", profile);
        define("{reference: profile.json, referenceSample: 100, multivariate: [mmd]}");

        assertThatThrownBy(() -> start("aiflow:drift:claims")).hasStackTraceContaining("must have raw rows");
    }

    @Test
    void windowsSlideByPanes() throws Exception {
        writeReference(0);
        define("{reference: reference.csv, window: 400, panes: 4}");
        start("aiflow:drift:claims");

        DriftReport first = judged(claims(400, 0, 0));
        DriftReport second = judged(claims(100, 3, 0));

        assertThat(first.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(second.records()).isEqualTo(400);
        assertThat(second.panes()).isEqualTo(4);
        assertThat(second.driftedFields()).containsExactly("amount");
        assertThat(second.fields().get(0).change()).isNotNull();
    }

    @Test
    void wordsThatDoNotFitAreToldAtTheStart() {
        writeReference(0);
        define("{reference: reference.csv, window: 401, panes: 4}");
        assertThatThrownBy(() -> start("aiflow:drift:claims")).hasStackTraceContaining("drift:");
        define("{reference: reference.csv, minimumEffect: {amount: 0.1}}");
        assertThatThrownBy(() -> start("aiflow:drift:claims"))
                .hasStackTraceContaining("needs its test in section tests");
    }
}
