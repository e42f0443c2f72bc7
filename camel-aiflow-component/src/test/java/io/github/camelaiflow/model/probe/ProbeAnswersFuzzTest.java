package io.github.camelaiflow.model.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a process prints that has loaded a model file nobody vouches for. */
class ProbeAnswersFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void probeAnswers(byte[] bytes) throws Exception {
        ProbeAnswer answer = ProbeAnswer.read(bytes);
        if (answer != null) {
            assertThat(answer.line()).isNotBlank();
        }
    }
}
