//! Reads a pipeline as spaCy 3 stores it: a folder of MessagePack and JSON files.

use crate::order;

use rmpv::Value;
use serde_json::Value as Json;

use super::data::{
    Attribute, EmbeddingData, LemmaTable, LinearData, MaxoutData, ModelData, RuleData, RuleTest,
    TaggerData, Tensor, Tok2VecData, TokenizerData, TransitionData, VectorData,
};
use super::strings::string_id;

/// Gives the bytes of a file of the pipeline by its path.
pub(super) type Files<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// Reads the pipeline.
///
/// # Errors
/// What cannot be read, and why, with the file's path.
pub(super) fn read_pipeline(files: &Files) -> Result<ModelData, String> {
    let meta = json(files, "meta.json")?;
    let text = |key: &str| meta[key].as_str().unwrap_or("?").to_owned();
    let name = format!("{}_{} {}", text("lang"), text("name"), text("version"));
    if text("lang") != "en" {
        return Err(format!("{name} reads another language than English"));
    }
    if !text("version").starts_with("3.") {
        return Err(format!("{name} is not of spaCy 3"));
    }
    let components: Vec<&str> =
        meta["pipeline"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    if components.iter().any(|c| matches!(*c, "transformer" | "curated_transformer")) {
        return Err(format!(
            "{name} is a transformer pipeline; only the convolutional ones (sm, md, lg) can be read"
        ));
    }
    for needed in ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"] {
        if !components.contains(&needed) {
            return Err(format!("{name} has no {needed}; its pipeline is {components:?}"));
        }
    }
    let vectors = read_vectors(files)?;
    let shared = Nodes::read(files, "tok2vec/model")?;
    let tagger = Nodes::read(files, "tagger/model")?;
    let parser = Nodes::read(files, "parser/model")?;
    let ner = Nodes::read(files, "ner/model")?;
    Ok(ModelData {
        name,
        tokenizer: read_tokenizer(files)?,
        norms: read_norms(files)?,
        vectors,
        tok2vec: shared.tok2vec().map_err(|e| format!("tok2vec/model: {e}"))?,
        tagger: TaggerData {
            labels: labels(&json(files, "tagger/cfg")?),
            output: tagger.linear("softmax").map_err(|e| format!("tagger/model: {e}"))?,
        },
        parser: parser.transitions(files, "parser")?,
        ner: ner.transitions(files, "ner")?,
        ner_tok2vec: ner.tok2vec().map_err(|e| format!("ner/model: {e}"))?,
        rules: read_rules(files)?,
        lemmas: read_lemmas(files)?,
    })
}

fn labels(config: &Json) -> Vec<String> {
    let labels = config["labels"].as_array().into_iter().flatten();
    labels.filter_map(Json::as_str).map(str::to_owned).collect()
}

fn json(files: &Files, path: &str) -> Result<Json, String> {
    serde_json::from_slice(&files(path)?).map_err(|error| format!("{path}: {error}"))
}

fn unpack(path: &str, mut bytes: &[u8]) -> Result<Value, String> {
    rmpv::decode::read_value_with_max_depth(&mut bytes, 64)
        .map_err(|error| format!("{path}: not MessagePack: {error}"))
}

fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let matches = |k: &Value| k.as_str() == Some(key) || k.as_slice() == Some(key.as_bytes());
    value.as_map()?.iter().find(|(k, _)| matches(k)).map(|(_, v)| v)
}

fn entries(value: Option<&Value>) -> std::slice::Iter<'_, (Value, Value)> {
    value.and_then(Value::as_map).map_or([].iter(), |entries| entries.iter())
}

fn items(value: Option<&Value>) -> std::slice::Iter<'_, Value> {
    value.and_then(Value::as_array).map_or([].iter(), |items| items.iter())
}

fn string(value: &Value) -> Option<String> {
    let bytes = value.as_str().map(str::as_bytes).or_else(|| value.as_slice())?;
    String::from_utf8(bytes.to_vec()).ok()
}

fn strings<'v>(values: impl Iterator<Item = &'v Value>) -> Vec<String> {
    values.filter_map(string).collect()
}

/// An array of numbers as thinc stores it.
fn tensor(value: &Value) -> Option<(Vec<usize>, Tensor)> {
    let shape: Vec<usize> =
        items(get(value, "shape")).filter_map(|n| Some(n.as_u64()? as usize)).collect();
    if string(get(value, "type")?)? != "<f4" {
        return None;
    }
    let data = get(value, "data")?.as_slice()?.as_chunks::<4>().0;
    let data: Vec<f32> = data.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    (shape.iter().product::<usize>() == data.len()).then_some((shape, Tensor(data)))
}

/// The layers of one of thinc's model files, in its order.
struct Nodes {
    nodes: Vec<Node>,
}

struct Node {
    name: String,
    attributes: Value,
    parameters: Value,
}

impl Node {
    fn tensor(&self, name: &str) -> Result<(Vec<usize>, Tensor), String> {
        get(&self.parameters, name)
            .and_then(tensor)
            .ok_or_else(|| format!("layer {} has no readable parameter {name}", self.name))
    }

    fn attribute(&self, name: &str) -> Result<Value, String> {
        let packed = get(&self.attributes, name).and_then(Value::as_slice);
        let packed = packed.ok_or_else(|| format!("layer {} has no {name}", self.name))?;
        unpack(name, packed)
    }
}

impl Nodes {
    fn read(files: &Files, path: &str) -> Result<Self, String> {
        let model = unpack(path, &files(path)?)?;
        let names = items(get(&model, "nodes"));
        let attributes = items(get(&model, "attrs"));
        let parameters = items(get(&model, "params"));
        let nodes =
            names.zip(attributes).zip(parameters).map(|((node, attributes), parameters)| {
                let name = get(node, "name").and_then(string).unwrap_or_default();
                Node { name, attributes: attributes.clone(), parameters: parameters.clone() }
            });
        let nodes: Vec<Node> = nodes.collect();
        if nodes.is_empty() { Err(format!("{path}: no layers")) } else { Ok(Self { nodes }) }
    }

    fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    fn one<'n>(&'n self, name: &'n str) -> Result<&'n Node, String> {
        self.named(name).next().ok_or_else(|| format!("no layer {name}"))
    }

    fn linear(&self, name: &str) -> Result<LinearData, String> {
        linear(self.one(name)?)
    }

    fn tok2vec(&self) -> Result<Tok2VecData, String> {
        let columns = self.one("extract_features")?.attribute("columns")?;
        let attributes = items(Some(&columns)).map(attribute).collect::<Result<Vec<_>, _>>()?;
        let mut embeddings = Vec::new();
        let mut width = 0;
        for node in self.named("hashembed") {
            let (shape, table) = node.tensor("E")?;
            width = *shape.last().ok_or("an embedding table without a shape")?;
            let seed =
                node.attribute("seed")?.as_u64().ok_or("an embedding without a seed")? as u32;
            let column = node.attribute("column")?.as_u64().unwrap_or(0) as usize;
            let attribute = *attributes.get(column).ok_or("an embedding of a missing column")?;
            embeddings.push(EmbeddingData { attribute, seed, table });
        }
        let vectors = self.named("static_vectors").next();
        let vectors = vectors.map(|node| node.tensor("W")).transpose()?.map(|(_, w)| w);
        let mut layers = Vec::new();
        for (maxout, norm) in self.named("maxout").zip(self.named("layernorm")) {
            let (shape, weights) = maxout.tensor("W")?;
            let &[_, pieces, inputs] = &shape[..] else {
                return Err(format!("a maxout layer of shape {shape:?}"));
            };
            let (_, bias) = maxout.tensor("b")?;
            let ((_, gain), (_, shift)) = (norm.tensor("G")?, norm.tensor("b")?);
            layers.push(MaxoutData { inputs, pieces, weights, bias, gain, shift });
        }
        for window in self.named("expand_window") {
            if window.attribute("window_size")?.as_u64() != Some(1) {
                return Err("a window of another size than 1".into());
            }
        }
        if layers.is_empty() {
            return Err("no maxout layer".into());
        }
        let convolutions = layers.split_off(1);
        let mix = layers.remove(0);
        Ok(Tok2VecData { width, embeddings, vectors, mix, convolutions })
    }

    fn transitions(&self, files: &Files, component: &str) -> Result<TransitionData, String> {
        let inner = || -> Result<TransitionData, String> {
            let lower = self.one("precomputable_affine")?;
            let (shape, weights) = lower.tensor("W")?;
            let &[features, hidden, pieces, _] = &shape[..] else {
                return Err(format!("a lower layer of shape {shape:?}"));
            };
            let (_, lower_bias) = lower.tensor("b")?;
            let (_, padding) = lower.tensor("pad")?;
            let actions = actions(files, component)?;
            let linears = self.named("linear").map(linear).collect::<Result<Vec<_>, _>>()?;
            let mut project = None;
            let mut upper = None;
            for linear in linears {
                let outputs = linear.bias.0.len();
                if outputs == actions.len() && linear.inputs == hidden && upper.is_none() {
                    upper = Some(linear);
                } else {
                    project = Some(linear);
                }
            }
            let (Some(project), Some(upper)) = (project, upper) else {
                return Err("the model has no upper layer (use_upper = false)".into());
            };
            Ok(TransitionData {
                actions,
                project,
                features,
                pieces,
                lower: weights,
                lower_bias,
                padding,
                upper,
            })
        };
        inner().map_err(|error| format!("{component}/model: {error}"))
    }
}

fn linear(node: &Node) -> Result<LinearData, String> {
    let (shape, weights) = node.tensor("W")?;
    let (_, bias) = node.tensor("b")?;
    let inputs = *shape.last().ok_or("a layer without a shape")?;
    Ok(LinearData { inputs, weights, bias })
}

fn attribute(id: &Value) -> Result<Attribute, String> {
    let known = [
        ("ORTH", Attribute::Orth),
        ("LOWER", Attribute::Lower),
        ("NORM", Attribute::Norm),
        ("SHAPE", Attribute::Shape),
        ("PREFIX", Attribute::Prefix),
        ("SUFFIX", Attribute::Suffix),
        ("IS_SPACE", Attribute::IsSpace),
        ("SPACY", Attribute::Spacy),
    ];
    known
        .iter()
        .find(|(name, _)| id.as_str() == Some(name) || id.as_u64() == Some(string_id(name)))
        .map(|(_, attribute)| *attribute)
        .ok_or_else(|| format!("the network reads attribute {id}, which is not supported"))
}

/// The actions in the order of the network's classes: by move, then the most frequent first.
fn actions(files: &Files, component: &str) -> Result<Vec<(u8, String)>, String> {
    let path = format!("{component}/moves");
    let packed = unpack(&path, &files(&path)?)?;
    let text = get(&packed, "moves").and_then(string).ok_or_else(|| format!("{path}: no moves"))?;
    let moves: Json = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    let mut actions = Vec::new();
    for action in 0..=5u8 {
        let labels = moves.get(action.to_string()).and_then(Json::as_object);
        let mut labels: Vec<(i64, String)> = labels
            .into_iter()
            .flatten()
            .map(|(label, count)| (count.as_i64().unwrap_or(0), label.clone()))
            .collect();
        order::by(&mut labels, |a, b| b.cmp(a));
        actions.extend(labels.into_iter().map(|(_, label)| (action, label)));
    }
    Ok(actions)
}

fn read_tokenizer(files: &Files) -> Result<TokenizerData, String> {
    let value = unpack("tokenizer", &files("tokenizer")?)?;
    let pattern = |key: &str| get(&value, key).and_then(string).filter(|p| !p.is_empty());
    let needed = |key: &str| pattern(key).ok_or_else(|| format!("tokenizer: no {key}"));
    if pattern("token_match").is_some() {
        return Err("tokenizer: a token_match pattern is not supported".into());
    }
    // The address pattern itself is read by hand; it differs only in the class of a domain.
    let domain = pattern("url_match")
        .map(|url| {
            let end = url.find("]{2,63}").ok_or("tokenizer: an unknown url_match pattern")?;
            let start = url[..end].rfind('[').ok_or("tokenizer: an unknown url_match pattern")?;
            Ok::<_, String>(url[start..=end].to_owned())
        })
        .transpose()?;
    let (orth, norm) = (string_id("ORTH"), string_id("NORM"));
    let field = |part: &Value, key: u64| {
        entries(Some(part)).find(|(k, _)| k.as_u64() == Some(key)).and_then(|(_, v)| string(v))
    };
    let mut exceptions = Vec::new();
    for (text, parts) in entries(get(&value, "exceptions")) {
        let text = string(text).ok_or("tokenizer: an exception without text")?;
        let parts = items(Some(parts))
            .map(|part| Some((field(part, orth)?, field(part, norm))))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| format!("tokenizer: the exception {text:?} has a part without text"))?;
        exceptions.push((text, parts));
    }
    order::ascending(&mut exceptions);
    Ok(TokenizerData {
        prefix: needed("prefix_search")?,
        suffix: needed("suffix_search")?,
        infix: needed("infix_finditer")?,
        domain,
        exceptions,
    })
}

fn read_norms(files: &Files) -> Result<Vec<(u64, String)>, String> {
    let lookups = unpack("vocab/lookups.bin", &files("vocab/lookups.bin")?)?;
    let mut norms: Vec<(u64, String)> = entries(get(&lookups, "lexeme_norm"))
        .filter_map(|(word, norm)| Some((word.as_u64()?, string(norm)?)))
        .collect();
    order::ascending(&mut norms);
    Ok(norms)
}

fn read_vectors(files: &Files) -> Result<Option<VectorData>, String> {
    let mode = json(files, "vocab/vectors.cfg")?;
    if !matches!(mode["mode"].as_str(), Some("default") | None) {
        return Err(format!(
            "vocab/vectors.cfg: vectors of mode {} are not supported",
            mode["mode"]
        ));
    }
    let bytes = files("vocab/vectors")?;
    let bad = |what: &str| format!("vocab/vectors: {what}");
    // NumPy's format: magic, version, length of the header, header, numbers.
    let (head, rest) = bytes.split_at_checked(10).ok_or_else(|| bad("cut short"))?;
    if !head.starts_with(b"\x93NUMPY\x01") {
        return Err(bad("not a NumPy array of format 1"));
    }
    let length = usize::from(u16::from_le_bytes([head[8], head[9]]));
    let (header, numbers) = rest.split_at_checked(length).ok_or_else(|| bad("cut short"))?;
    let header = String::from_utf8_lossy(header);
    let shape = header.split_once("'shape': (").and_then(|(_, s)| s.split_once(')'));
    let shape = shape.map_or("", |(shape, _)| shape);
    let dims: Vec<usize> = shape.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let &[rows, width] = &dims[..] else { return Ok(None) };
    if rows == 0 || width == 0 {
        return Ok(None);
    }
    if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return Err(bad("numbers of another type than little-endian single precision"));
    }
    let numbers: Vec<f32> =
        numbers.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    if rows.checked_mul(width) != Some(numbers.len()) {
        return Err(bad("cut short"));
    }
    let keys = unpack("vocab/key2row", &files("vocab/key2row")?)?;
    let mut keys: Vec<(u64, u32)> = entries(Some(&keys))
        .filter_map(|(key, row)| Some((key.as_u64()?, u32::try_from(row.as_u64()?).ok()?)))
        .filter(|(_, row)| (*row as usize) < rows)
        .collect();
    order::ascending(&mut keys);
    Ok(Some(VectorData { width, rows: Tensor(numbers), keys }))
}

fn read_rules(files: &Files) -> Result<Vec<RuleData>, String> {
    const PATH: &str = "attribute_ruler/patterns";
    let value = unpack(PATH, &files(PATH)?)?;
    items(Some(&value)).map(|rule| read_rule(rule).map_err(|e| format!("{PATH}: {e}"))).collect()
}

fn read_rule(rule: &Value) -> Result<RuleData, String> {
    let mut data = RuleData::default();
    for pattern in items(get(rule, "patterns")) {
        let tokens = items(Some(pattern)).map(read_tests).collect::<Result<Vec<_>, _>>()?;
        data.patterns.push(tokens);
    }
    let index = get(rule, "index").map_or(Some(0), Value::as_u64);
    data.index = index.ok_or("a token counted from the end")? as usize;
    for (name, value) in entries(get(rule, "attrs")) {
        let value = string(value);
        match string(name).as_deref() {
            Some("TAG") => data.tag = value,
            Some("POS") => data.pos = value,
            Some("MORPH") => data.morph = value,
            Some("LEMMA") => data.lemma = value,
            Some("DEP") => data.dep = value,
            other => return Err(format!("a rule sets {other:?}, which is not supported")),
        }
    }
    Ok(data)
}

fn read_tests(token: &Value) -> Result<Vec<RuleTest>, String> {
    let mut tests = Vec::new();
    for (name, value) in entries(Some(token)) {
        let name = string(name).unwrap_or_default();
        let list = |key: &str| get(value, key).map(|v| strings(items(Some(v))));
        let exactly = string(value).map(|text| vec![text]);
        let test = match &*name {
            "IS_SPACE" => value.as_bool().map(RuleTest::IsSpace),
            "TAG" => exactly.or_else(|| list("IN")).map(RuleTest::TagIn),
            "LOWER" => exactly.or_else(|| list("IN")).map(RuleTest::LowerIn),
            "DEP" => exactly.or_else(|| list("IN")).map(RuleTest::DepIn),
            _ => None,
        };
        let test = test.or_else(|| match &*name {
            "TAG" => list("NOT_IN").map(RuleTest::TagNotIn),
            "DEP" => list("NOT_IN").map(RuleTest::DepNotIn),
            "LOWER" => get(value, "REGEX").and_then(string).map(RuleTest::LowerMatches),
            _ => None,
        });
        tests.push(test.ok_or_else(|| format!("a test {name}: {value}, which is not supported"))?);
    }
    Ok(tests)
}

fn read_lemmas(files: &Files) -> Result<Vec<LemmaTable>, String> {
    const PATH: &str = "lemmatizer/lookups/lookups.bin";
    let value = unpack(PATH, &files(PATH)?)?;
    let parts = ["adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part"];
    let more = ["pron", "propn", "punct", "sconj", "sym", "verb", "x"];
    let mut tables = Vec::new();
    for pos in parts.into_iter().chain(more) {
        let id = string_id(pos);
        let of = |table: &str| {
            entries(get(&value, table)).find(|(key, _)| key.as_u64() == Some(id)).map(|(_, v)| v)
        };
        let (index, exceptions, rules) = (of("lemma_index"), of("lemma_exc"), of("lemma_rules"));
        if index.is_none() && exceptions.is_none() && rules.is_none() {
            continue;
        }
        let mut words = strings(items(index));
        order::unique(&mut words);
        let mut irregular: Vec<String> = entries(exceptions)
            .filter_map(|(form, lemmas)| {
                Some(format!("{}\t{}", string(form)?, strings(items(Some(lemmas))).join("\t")))
            })
            .collect();
        order::by(&mut irregular, |a, b| a.split('\t').next().cmp(&b.split('\t').next()));
        let rules = items(rules).filter_map(|rule| {
            let rule = strings(items(Some(rule)));
            Some((rule.first()?.clone(), rule.get(1)?.clone()))
        });
        tables.push(LemmaTable {
            pos: pos.into(),
            index: words.join("\n"),
            exceptions: irregular.join("\n"),
            rules: rules.collect(),
        });
    }
    Ok(tables)
}
