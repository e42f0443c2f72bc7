package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.files.ModelCards;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions that appear, aliases that move, and what is wrong with either while the flow serves. */
class VersionsTest extends WithFlowFolder {

    private static final String DEFINITION = """
            record: {key: id}
            versions: {folder: models/claims, watch: 20ms}
            aliases: {champion: v1}
            rollout: {serve: champion}
            """;
    private static final byte[] V1 = VersionFolders.model(1);
    private static final byte[] V2 = VersionFolders.model(2);
    private static final ModelCard CARD1 = VersionFolders.card(V1);
    private static final ModelCard CARD2 = VersionFolders.card(V2);

    private Path versions;

    @BeforeEach
    void versions() {
        versions = temp.resolve("models/claims");
        VersionFolders.write(versions, "v1", V1, CARD1);
        folder.write("claims.yaml", DEFINITION);
    }

    private Object served() {
        Exchange exchange = send("direct:r0", TinyModels.claim("a", 0.95, "theft"));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("fraud");
        return exchange.getMessage().getHeader("CamelAiflowModelVersion");
    }

    private Flow flow() {
        return context.getComponent("aiflow", AiflowComponent.class).flow("claims");
    }

    private static void moveTo(Path versions, String version) {
        VersionFolders.aliases(versions, "{\"champion\": \"" + version + "\"}");
    }

    /** The watch has looked often enough to have acted, if it were to act. */
    private void looked() {
        ModelVersions before = flow().parts().versions();
        Path marker = versions.resolve("marker");
        VersionFolders.write(versions, "marker", V1, CARD1);
        await().until(() -> flow().parts().versions().cards().containsKey("marker"));
        assertThat(flow().parts().versions().sources()).isEqualTo(before.sources());
        delete(marker);
        await().until(() -> !flow().parts().versions().cards().containsKey("marker"));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theVersionAnAliasStandsForServesUnderItsOwnName() throws Exception {
        start("aiflow:infer:claims", "aiflow:infer:claims?models=champion");

        assertThat(served()).isEqualTo("v1");
        Exchange named = send("direct:r1", TinyModels.claim("a", 0.95, "theft"));
        assertThat(named.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo("v1");
        assertThat(named.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
        assertThat(flow().status().servingDigest()).isEqualTo(CARD1.sha256());
        assertThat(flow().parts().model(null).inUse().card()).isEqualTo(CARD1);
    }

    @Test
    void aMovedAliasSwapsTheModelWithoutAReload() throws Exception {
        start("aiflow:infer:claims");
        VersionFolders.write(versions, "v2", V2, CARD2);
        looked();
        assertThat(served()).isEqualTo("v1");
        assertThat(flow().parts().models()).containsOnlyKeys("v1");
        assertThat(flow().parts().versions().cards()).containsKeys("v1", "v2");

        moveTo(versions, "v2");

        await().untilAsserted(() -> assertThat(served()).isEqualTo("v2"));
        assertThat(flow().parts().models()).containsOnlyKeys("v2");
        Files.delete(versions.resolve("aliases.json"));
        await().untilAsserted(() -> assertThat(served()).isEqualTo("v1"));
    }

    @Test
    void noExchangeFailsInHundredsOfSwaps() throws Exception {
        VersionFolders.write(versions, "v2", V2, CARD2);
        folder.write("claims.yaml", DEFINITION.replace("20ms", "1ms"));
        start("aiflow:infer:claims");
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong answered = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> loads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loads.add(threads.submit(() -> {
                while (running.get()) {
                    assertThat(served()).isIn("v1", "v2");
                    answered.incrementAndGet();
                }
            }));
        }
        for (int swap = 0; swap < 300; swap++) {
            String next = swap % 2 == 0 ? "v2" : "v1";
            long before = answered.get();
            moveTo(versions, next);
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> flow().parts().serve().equals(next) && answered.get() > before);
        }
        running.set(false);
        for (Future<?> load : loads) {
            load.get();
        }
        threads.shutdown();

        assertThat(answered.get()).isGreaterThan(300);
        assertThat(flow().refused()).isNull();
    }

    @Test
    void aVersionWrittenByteByByteServesOnceItIsWhole() throws Exception {
        start("aiflow:infer:claims");
        moveTo(versions, "v2");
        Path half = Files.createDirectories(versions.resolve("v2"));
        byte[] card = ModelCards.write(CARD2);
        Thread writer = new Thread(() -> {
            try (OutputStream cardFile = Files.newOutputStream(half.resolve("card.json"));
                    OutputStream model = Files.newOutputStream(half.resolve("model.tribuo"))) {
                for (int i = 0; i < card.length; i++) {
                    cardFile.write(card[i]);
                    Thread.yield();
                }
                for (int i = 0; i < V2.length; i++) {
                    model.write(V2[i]);
                    Thread.yield();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            assertThat(served()).isIn("v1", "v2");
        }

        await().untilAsserted(() -> assertThat(served()).isEqualTo("v2"));
        await().untilAsserted(() -> assertThat(flow().refused()).isNull());
    }

    @Test
    void aFolderThatStaysHalfWrittenIsToldAndBreaksNothing() throws Exception {
        start("aiflow:infer:claims");
        Path half = Files.createDirectories(versions.resolve("v2"));
        Files.write(half.resolve("model.tribuo"), new byte[] {1});
        looked();
        assertThat(flow().refused()).isNull();

        moveTo(versions, "v2");
        await().untilAsserted(() -> assertThat(flow().refused())
                .contains("rollout.serve", "champion, which is v2", "not there yet", "has no card yet"));
        assertThat(served()).isEqualTo("v1");

        Files.write(half.resolve("card.json"), ModelCards.write(CARD2));
        await().untilAsserted(
                        () -> assertThat(flow().refused()).contains("model.tribuo has 1 bytes, not " + V2.length));
        assertThat(served()).isEqualTo("v1");

        Files.write(half.resolve("model.tribuo"), V2);
        await().untilAsserted(() -> assertThat(served()).isEqualTo("v2"));
        await().untilAsserted(() -> assertThat(flow().refused()).isNull());
    }

    @Test
    void anAliasToNoVersionStopsTheStart() {
        folder.write("claims.yaml", DEFINITION.replace("champion: v1", "champion: v9"));

        assertThatThrownBy(() -> start("aiflow:infer:claims")).satisfies(error -> assertThat(stack(error))
                .contains("aliases.champion: must stand for a version there is, [v1], was v9"));
    }

    @Test
    void anAliasMovedToNoVersionIsRefusedUntilItIsTakenBack() throws Exception {
        start("aiflow:infer:claims");
        moveTo(versions, "v9");

        await().untilAsserted(() -> assertThat(flow().refused()).contains("aliases.champion", "was v9"));
        assertThat(served()).isEqualTo("v1");
        moveTo(versions, "v1");
        await().untilAsserted(() -> assertThat(flow().refused()).isNull());
    }

    @Test
    void aliasesThatAreNoneAreRefused() throws Exception {
        start("aiflow:infer:claims");
        for (String wrong : List.of("", "{", "[]", "{\"champion\": 5}", "{\"champion\": \"v1\", \"v1\": \"v1\"}")) {
            VersionFolders.aliases(versions, wrong);
            await(wrong).untilAsserted(() -> assertThat(flow().refused()).contains("aliases"));
            assertThat(served()).isEqualTo("v1");
            moveTo(versions, "v1");
            await().untilAsserted(() -> assertThat(flow().refused()).isNull());
        }
    }

    @Test
    void aModelThatFailsItsGoldenRecordsIsRefusedAndTheLastGoodOneServes() throws Exception {
        start("aiflow:infer:claims");
        ModelCard lying = new ModelCard(
                null,
                null,
                null,
                "model.tribuo",
                V2.length,
                CARD2.sha256(),
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                null,
                CARD1.golden(),
                null,
                Map.of());
        VersionFolders.write(versions, "v2", V2, lying);
        moveTo(versions, "v2");

        await().untilAsserted(() -> assertThat(flow().refused()).contains("golden record 0: score differs"));
        assertThat(served()).isEqualTo("v1");
        assertThat(flow().refused()).doesNotContain("0.95");

        VersionFolders.write(versions, "v2", V2, CARD2);
        await().untilAsserted(() -> assertThat(served()).isEqualTo("v2"));
        await().untilAsserted(() -> assertThat(flow().refused()).isNull());
    }

    @Test
    void noFlippedBitGetsIn() throws Exception {
        start("aiflow:infer:claims");
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        Random random = new Random(11);
        moveTo(versions, "v2");
        for (int i = 0; i < 1000; i++) {
            byte[] flipped = V2.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            VersionFolders.write(versions, "v2", flipped, CARD2);
            component.reloadDefinitions();
            assertThat(flow().refused()).contains("v2");
            assertThat(served()).isEqualTo("v1");
        }
        VersionFolders.write(versions, "v2", V2, CARD2);
        await().untilAsserted(() -> assertThat(served()).isEqualTo("v2"));
    }

    @Test
    void twoVersionsAtOnceAreBothKnown() throws Exception {
        start("aiflow:infer:claims");
        Path staged = Files.createDirectories(temp.resolve("staged"));
        VersionFolders.write(staged, "v2", V2, CARD2);
        VersionFolders.write(staged, "v3", 3);
        Files.move(staged.resolve("v2"), versions.resolve("v2"));
        Files.move(staged.resolve("v3"), versions.resolve("v3"));
        moveTo(versions, "v3");

        await().untilAsserted(() -> assertThat(served()).isEqualTo("v3"));
        assertThat(flow().parts().versions().cards()).containsOnlyKeys("v1", "v2", "v3");
    }

    @Test
    void aFlowServesOnThoughItsFolderIsGone() throws Exception {
        start("aiflow:infer:claims");
        delete(versions);
        await().untilAsserted(() -> assertThat(flow().refused()).contains("versions.folder"));
        assertThat(served()).isEqualTo("v1");

        context.getRouteController().stopRoute("r0");
        context.getRouteController().startRoute("r0");
        assertThat(served()).isEqualTo("v1");

        VersionFolders.write(versions, "v1", V1, CARD1);
        await().untilAsserted(() -> assertThat(flow().refused()).isNull());
    }

    @Test
    void aVersionThatIsReplacedUnderItsNameIsLoadedAnew() throws Exception {
        start("aiflow:infer:claims");
        VersionFolders.write(versions, "v1", V2, CARD2);
        await().untilAsserted(() -> assertThat(flow().status().servingDigest()).isEqualTo(CARD2.sha256()));
        assertThat(served()).isEqualTo("v1");
    }

    @Test
    void listedFilesAreWatchedWhereTheDefinitionSaysSo() throws Exception {
        folder.write("claims.yaml", "versions: {watch: 20ms}\nmodels: {v1: {model: models/v1.tribuo}}");
        start("aiflow:infer:claims");
        String before = flow().status().servingDigest();

        Path fresh = TinyModels.write(temp, "models/fresh", 77);
        Files.write(temp.resolve("models/v1.tribuo"), new byte[] {1, 2, 3});
        await().untilAsserted(() -> assertThat(flow().refused()).contains("v1.tribuo"));
        assertThat(served()).isEqualTo("v1");
        assertThat(flow().status().servingDigest()).isEqualTo(before);

        Files.move(fresh, temp.resolve("models/v1.tribuo"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        await().untilAsserted(() -> assertThat(flow().status().servingDigest()).isNotEqualTo(before));
        await().untilAsserted(() -> assertThat(flow().refused()).isNull());
    }

    @Test
    void aCardBesideAListedFileIsAGateToo() throws Exception {
        folder.write("claims.yaml", "models: {v1: {model: models/claims/v1/model.tribuo}}");
        Path card = versions.resolve("v1/model.tribuo.card.json");
        Files.write(card, ModelCards.write(CARD2));
        assertThatThrownBy(() -> start("aiflow:infer:claims"))
                .satisfies(error -> assertThat(stack(error)).contains(CARD2.sha256(), "it has " + CARD1.sha256()));
        context.stop();

        Files.write(card, ModelCards.write(CARD1));
        start("aiflow:infer:claims");
        assertThat(served()).isEqualTo("v1");
        assertThat(flow().parts().model(null).inUse().card()).isEqualTo(CARD1);
    }

    @Test
    void theDefinitionsDigestMustBeTheCards() throws Exception {
        Files.copy(versions.resolve("v1/card.json"), temp.resolve("models/v1.card.json"));
        folder.write(
                "claims.yaml",
                "models: {v1: {model: models/claims/v1/model.tribuo, card: models/v1.card.json, sha256: "
                        + CARD2.sha256() + "}}");

        assertThatThrownBy(() -> start("aiflow:infer:claims"))
                .satisfies(error -> assertThat(stack(error)).contains("by the definition", "by its card"));
    }

    @Test
    void aFolderMustBeOnDiskAndInside() {
        for (String outside : List.of("../elsewhere", "file:/etc", "classpath:models", "/etc")) {
            folder.write("claims.yaml", DEFINITION.replace("models/claims", "'" + outside + "'"));
            assertThatThrownBy(() -> start("aiflow:infer:claims"))
                    .as(outside)
                    .satisfies(error -> assertThat(stack(error)).contains("versions.folder"));
            context.stop();
        }
    }

    @Test
    void aCanaryThatBecameTheChampionIsNoLongerOnTrial() throws Exception {
        VersionFolders.write(versions, "v2", V2, CARD2);
        folder.write(
                "claims.yaml",
                DEFINITION
                        .replace("champion: v1", "champion: v1, challenger: v2")
                        .replace("serve: champion", "serve: champion, canary: {model: challenger, steps: [50%]}"));
        start("aiflow:infer:claims");
        assertThat(flow().parts().models()).containsOnlyKeys("v1", "v2");

        moveTo(versions, "v2");

        await().untilAsserted(() -> assertThat(served()).isEqualTo("v2"));
        assertThat(flow().parts().models()).containsOnlyKeys("v2");
        assertThat(flow().refused()).isNull();
    }
}
