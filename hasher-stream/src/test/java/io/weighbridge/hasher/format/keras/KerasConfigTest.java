package io.weighbridge.hasher.format.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFormatException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the last layer of a model sees: how many channels of a flattened image, or 0. */
class KerasConfigTest {

    private static final String IMAGE = "InputLayer batch_shape:[null,8,8,3]";
    private static final String CONV = "Conv2D filters:6,data_format:'channels_last'";
    private static final String CONV_FIRST = "Conv2D filters:6,data_format:'channels_first'";
    private static final String FLATTEN = "Flatten data_format:'channels_last'";
    private static final String FLATTEN_FIRST = "Flatten data_format:'channels_first'";
    private static final String DENSE = "Dense units:4";

    @Test
    void shouldKnowTheChannelsOfAFlattenedImage() throws ModelFormatException {
        assertThat(seenBy(IMAGE, FLATTEN, DENSE)).isEqualTo(3);
        assertThat(seenBy(IMAGE, CONV, FLATTEN, DENSE)).isEqualTo(6);
        assertThat(seenBy("Flatten batch_input_shape:[null,8,8,3],data_format:'channels_last'", DENSE))
                .isEqualTo(3);
        assertThat(seenBy("InputLayer batch_shape:[null,8]", FLATTEN, DENSE)).isZero();
    }

    @Test
    void shouldFollowTheChannelsThroughLayers() throws ModelFormatException {
        for (var between :
                new String[] {"BatchNormalization a:1", "Activation a:1", "Dropout a:1", "MaxPooling2D a:1"}) {
            assertThat(seenBy(IMAGE, CONV, between, FLATTEN, DENSE)).as(between).isEqualTo(6);
            assertThat(seenBy(IMAGE, CONV, FLATTEN, between, DENSE)).as(between).isEqualTo(6);
        }
        assertThat(seenBy(IMAGE, "DepthwiseConv2D depth_multiplier:2", FLATTEN, DENSE))
                .isEqualTo(6);
        assertThat(seenBy(IMAGE, "SeparableConv2D filters:5", FLATTEN, DENSE)).isEqualTo(5);
        assertThat(seenBy(IMAGE, "Conv2DTranspose filters:7", FLATTEN, DENSE)).isEqualTo(7);
        assertThat(seenBy(IMAGE, "Convolution2D nb_filter:9", FLATTEN, DENSE)).isEqualTo(9);
        assertThat(seenBy(IMAGE, "Dense units:5", FLATTEN, DENSE)).isEqualTo(5);
    }

    @Test
    void shouldForgetThemBehindADenseLayerOrAPool() throws ModelFormatException {
        assertThat(seenBy(IMAGE, CONV, FLATTEN, DENSE, DENSE)).isZero();
        assertThat(seenBy(IMAGE, CONV, "GlobalAveragePooling2D a:1", FLATTEN, DENSE))
                .isZero();
        assertThat(seenBy(IMAGE, CONV, "Permute dims:[3,1,2]", FLATTEN, DENSE)).isZero();
        assertThat(seenBy("Embedding output_dim:3", "LSTM units:4", FLATTEN, DENSE))
                .isZero();
        assertThat(seenBy(IMAGE, CONV, DENSE)).isZero();
    }

    /** A Flatten for channels-first images brings channels last; one for channels-last images leaves all as it is. */
    @Test
    void shouldTellChannelsFirst() throws ModelFormatException {
        assertThat(seenBy(IMAGE, CONV_FIRST, FLATTEN, DENSE)).isZero();
        assertThat(seenBy(IMAGE, CONV_FIRST, FLATTEN_FIRST, DENSE)).isEqualTo(6);
    }

    @Test
    void shouldReadReshapingAsFlattening() throws ModelFormatException {
        assertThat(seenBy(IMAGE, CONV, "Reshape target_shape:[-1]", DENSE)).isEqualTo(6);
        assertThat(seenBy(IMAGE, CONV, "Reshape target_shape:[8,48]", FLATTEN, DENSE))
                .isZero();
        assertThat(seenBy(IMAGE, CONV, FLATTEN, "Reshape target_shape:[4,12,8]", FLATTEN, DENSE))
                .isEqualTo(8);
    }

    @Test
    void shouldUnwrapALayerForEveryTimeStep() throws ModelFormatException {
        var wrapped = "TimeDistributed layer:{'class_name':'Conv2D','config':{'name':'inner','filters':5}}";
        assertThat(seenBy(IMAGE, wrapped, FLATTEN, DENSE)).isEqualTo(5);
    }

    /** Images side by side have all channels, in the way that both generations of Keras tell nodes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | [['a',0,0,{}],['b',0,0,{}]]                                                | 11",
                "3  | {'args':[[{'config':{'keras_history':['a',0,0]}},{'config':{'keras_history':['b',0,0]}}]]} | 11",
                "1  | [['a',0,0,{}],['b',0,0,{}]]                                                | 5",
                "-1 | [['a',0,0,{}],['gone',0,0,{}]]                                             | 0",
                "-1 | [['a',0,0,{}],['flat',0,0,{}]]                                             | 0",
                "-1 | 7                                                                          | 0"
            })
    void shouldJoinImages(int axis, String node, long channels) throws ModelFormatException {
        var model = parse("{'class_name':'Functional','config':{'name':'m','layers':["
                + node("Conv2D", "a", "'filters':6", "") + "," + node("Conv2D", "b", "'filters':5", "") + ","
                + node("Flatten", "flat", "'data_format':'channels_last'", "[['a',0,0]]") + ","
                + node("Concatenate", "join", "'axis':" + axis, node) + ","
                + node("Flatten", "all", "'data_format':'channels_last'", "[['join',0,0,{}]]") + ","
                + node("Dense", "last", "'units':2", "[['all',0,0,{}]]") + "]}}");
        assertThat(model.named("last").input().flattenedChannels()).isEqualTo(channels);
    }

    /** Nodes may refer to layers that come later, or to themselves: nothing runs from there. */
    @Test
    void shouldNotFollowCircles() throws ModelFormatException {
        var model = parse("{'class_name':'Functional','config':{'name':'m','layers':["
                + node("Flatten", "a", "'data_format':'channels_last'", "[['a',0,0]]") + ","
                + node("Dense", "last", "'units':2", "[['a',0,0]]") + "]}}");
        assertThat(model.named("last").input()).isEqualTo(ImageFlow.NONE);
    }

    /** Keras 1 and 2.0 wrote the layers as the config. */
    @Test
    void shouldReadAnOldSequential() throws ModelFormatException {
        var model = parse("{'class_name':'Sequential','config':[{'class_name':'Dense','config':{'name':'a'}}]}");
        assertThat(model.named("a").layerClass()).isEqualTo("Dense");
    }

    @Test
    void shouldCountLayersOfAClassAsKeras3Does() throws ModelFormatException {
        var model = parse("{'class_name':'Sequential','config':{'layers':["
                + node("Conv2D", "x", "'filters':1", "") + "," + node("ReLU", "y", "'a':1", "") + ","
                + node("Conv2D", "z", "'filters':1", "") + "]}}");
        assertThat(model.keyed("conv2d").name()).isEqualTo("x");
        assertThat(model.keyed("re_lu").name()).isEqualTo("y");
        assertThat(model.keyed("conv2d_1").name()).isEqualTo("z");
        assertThat(model.indexOf("conv2d_1")).isEqualTo(2);
        assertThat(model.keyed("conv2d_2")).isNull();
    }

    /** Expected names from keras.utils.naming.to_snake_case. */
    @ParameterizedTest
    @CsvSource({
        "Conv2DTranspose, conv2d_transpose",
        "DepthwiseConv2D, depthwise_conv2d",
        "BatchNormalization, batch_normalization",
        "MaxPooling2D, max_pooling2d",
        "ReLU, re_lu",
        "LSTM, lstm",
        "MyBlock>Own, my_block_own"
    })
    void shouldNameClassesAsKerasDoes(String className, String name) {
        assertThat(LayerNames.snakeCase(className)).isEqualTo(name);
    }

    @Test
    void shouldTellClassesByDefaultNames() {
        assertThat(LayerNames.classOf("depthwise_conv2d_12")).isEqualTo("DepthwiseConv2D");
        assertThat(LayerNames.classOf("conv2d_transpose")).isEqualTo("Conv2DTranspose");
        assertThat(LayerNames.classOf("my_conv")).isEmpty();
    }

    private static long seenBy(String... layers) throws ModelFormatException {
        var json = Arrays.stream(layers)
                .map(layer -> layer.split(" ", 2))
                .map(layer -> "{'class_name':'" + layer[0] + "','config':{'name':'n'," + quoted(layer[1]) + "}}")
                .collect(Collectors.toList());
        json.set(json.size() - 1, json.get(json.size() - 1).replace("'name':'n'", "'name':'last'"));
        var model =
                parse("{'class_name':'Sequential','config':{'name':'m','layers':[" + String.join(",", json) + "]}}");
        return model.named("last").input().flattenedChannels();
    }

    private static String quoted(String fields) {
        return fields.replaceAll("(^|,)([a-z_]+):", "$1'$2':");
    }

    private static String node(String className, String name, String config, String node) {
        var inbound = node.isEmpty() ? "" : ",'inbound_nodes':[" + node + "]";
        return "{'class_name':'" + className + "','config':{'name':'" + name + "'," + config + "}" + inbound + "}";
    }

    private static KerasLayer parse(String json) throws ModelFormatException {
        return KerasConfig.parse(json.replace('\'', '"'), "config");
    }
}
