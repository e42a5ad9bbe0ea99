package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "got http://ada:secret@host/x?y=1 | got http://***@host/x?y=1",
                "https://host/f?X-Amz-Signature=ab12&X-Amz-Date=1 | https://host/f?X-Amz-Signature=***&X-Amz-Date=1",
                "https://host/f?sv=1&sig=a%2Bb#part | https://host/f?sv=1&sig=***#part",
                "https://host/f?access_token=abc and more | https://host/f?access_token=*** and more",
                "mail to ada@host, 50 % done? yes=no | mail to ada@host, 50 % done? yes=no"
            })
    void shouldHideWhatAddressesHoldOfSecrets(String text, String shown) {
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }
}
