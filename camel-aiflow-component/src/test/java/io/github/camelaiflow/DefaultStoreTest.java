package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The store of flows whose definition names none. */
class DefaultStoreTest extends WithFlowFolder {

    private AiflowComponent start(String store, String url) throws Exception {
        folder.write("claims.yaml", """
                record: {key: id, fields: {amount: {type: number}}}
                models: {v1: {bean: model}, v2: {bean: model}}
                rollout: {serve: v1, canary: {model: v2, steps: [10%]}}
                """ + store);
        context = folder.context(routes("aiflow:infer:claims"));
        context.getRegistry().bind("model", Function.class, (Function<Object, Object>) row -> "genuine");
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.setStoreUrl(url);
        context.start();
        return component;
    }

    @Test
    void aFlowThatNamesNoneUsesTheComponents() throws Exception {
        AiflowComponent component = start("", "jdbc:h2:file:" + temp.resolve("default"));

        assertThat(component.keepsDeadLetters("claims")).isTrue();
        assertThat(temp.resolve("default.mv.db")).exists();
    }

    @Test
    void itsOwnComesFirst() throws Exception {
        AiflowComponent component = start(
                "store: {url: \"jdbc:h2:file:" + temp.resolve("own") + "\"}",
                "jdbc:h2:file:" + temp.resolve("default"));

        assertThat(component.keepsDeadLetters("claims")).isTrue();
        assertThat(temp.resolve("own.mv.db")).exists();
        assertThat(temp.resolve("default.mv.db")).doesNotExist();
    }

    @Test
    void blankIsMemory() throws Exception {
        assertThat(start("", " ").keepsDeadLetters("claims")).isFalse();
    }

    @Test
    void whatCanNeverBeReachedFailsTheStartAndNamesTheOption() {
        assertThatThrownBy(() -> start("", "jdbc:nosuch:thing"))
                .satisfies(error -> assertThat(stack(error)).contains("option storeUrl of the component"));
    }

    @Test
    void passwordsAreTakenAsTheyAreAndNeverTold() throws Exception {
        String url = "jdbc:h2:file:" + temp.resolve("locked");
        String password = "s3cret{{canary";
        try (Connection made = DriverManager.getConnection(url, "flows", password)) {
            assertThat(made.isValid(30)).isTrue();
        }
        folder.write("claims.yaml", """
                record: {key: id, fields: {amount: {type: number}}}
                """);
        context = folder.context(routes("aiflow:validate:claims"));
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.setStoreUrl(url);
        component.setStoreUsername("flows");
        component.setStorePassword(password);
        context.start();

        assertThat(component.keepsDeadLetters("claims")).isTrue();
    }

    @Test
    void aPlaceholderThatCannotBeResolvedIsNamedByPlaceAlone() {
        assertThatThrownBy(() -> start(
                        "store: {url: \"jdbc:h2:file:" + temp.resolve("own")
                                + "\", username: flows, password: \"canary{{no.such.property}}\"}",
                        null))
                .satisfies(error -> assertThat(stack(error))
                        .contains("claims.yaml", "store.password: every {{…}} in it must name a property")
                        .doesNotContain("canary"));
    }
}
