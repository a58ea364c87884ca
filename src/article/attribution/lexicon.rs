//! Word lists of attribution, in lower case.

/// Words that stand before a person's name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "acting", "activist", "adm.", "admiral", "advisor", "adviser", "aide", "ambassador", "analyst", "archbishop", "assistant",
    "attorney", "ayatollah", "bishop", "brigadier", "capt.", "captain", "cardinal", "caretaker", "ceo", "chair",
    "chairman", "chairperson", "chairwoman", "chancellor", "chief", "co-chair", "co-founder", "col.", "colonel", "commander",
    "commissioner", "congressman", "congresswoman", "crown", "dame", "defence", "defense", "delegate", "deputy",
    "diplomat", "director", "dr.", "emir", "envoy", "executive", "ex-president", "expert", "finance", "foreign", "former",
    "founder", "gen.", "general", "gov.", "governor", "head", "imam", "interim", "interior", "journalist", "judge", "justice",
    "king", "lady", "lawmaker", "leader", "lieutenant", "lord", "lt.", "maj.", "major", "mr", "mrs", "ms", "dr", "prof", "don", "doña", "señor", "señora", "herr", "frau", "madame", "monsieur", "haji", "sheikha", "ustad", "emir", "gen", "col", "maj", "brig", "brig.", "capt", "lt", "sgt", "rev", "majority", "manager", "marshal",
    "mayor", "mediator", "minister", "minority", "mr.", "mrs.", "ms.", "negotiator", "officer", "official", "operating", "opposition", "outgoing",
    "patriarch", "pope", "premier", "president", "presidential", "press", "prime", "prince", "princess", "prof.", "professor", "queen", "rebel",
    "rep.", "representative", "republican", "rev.", "reverend", "sec.", "secretary", "secretary-general", "security",
    "sen.", "senator", "sgt.", "sheikh", "sir", "speaker", "special", "spokesman", "spokesperson", "spokeswoman", "state",
    "sultan", "taoiseach", "treasury", "treasurer", "undersecretary", "vice", "vice-president", "vp", "warlord", "whip",
];

/// What people do or are, before their names.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "actor", "actress", "administrator", "alderman", "brother", "caller", "commuter", "cousin", "critic", "daughter", "figure", "husband", "listener", "passenger", "reader", "sister", "son", "viewer", "wife", "apprentice", "artist", "author", "baker", "banker", "barrister", "biologist", "boss", "broadcaster", "builder", "businessman",
    "businesswoman", "butcher", "butler", "campaigner", "candidate", "carpenter", "clerk", "clergyman", "co-leader", "coach", "columnist", "consultant", "coordinator",
    "co-ordinator", "correspondent", "councillor", "councilman", "councilwoman", "councilor", "counsel", "counsellor", "dealer", "demographer", "dentist", "deputy", "docker", "dad", "doctor", "driver", "economist",
    "editor", "elder", "electrician", "engineer", "farmer", "father", "fellow", "firefighter", "fisherman", "foreman", "geographer", "geologist", "grandmother", "grocer", "headman",
    "headmaster", "headmistress", "headteacher", "headwoman", "historian", "hydrologist", "imam", "inspector", "jurist", "lawyer", "lecturer", "legislator", "librarian", "magistrate",
    "mechanic", "member", "merchant", "midwife", "miner", "monk", "mother", "mum", "mr", "mrs", "ms", "dr", "prof", "mp", "musician", "neighbour", "neighbor", "novelist", "nun", "nurse", "nutritionist", "ombudsman", "organiser",
    "organizer", "owner", "parliamentarian", "pastor", "peasant", "pensioner", "pharmacist", "physician", "pilot", "player", "poet", "policeman", "policewoman", "porter", "postman", "priest", "principal",
    "producer", "rabbi", "ranger", "rapporteur", "registrar", "reporter", "researcher", "resident", "retailer", "sailor", "scholar", "scientist", "seamstress", "sergeant",
    "sheriff", "shopkeeper", "singer", "skipper", "sociologist", "soldier", "solicitor", "steward", "stonemason", "strategist", "student", "superintendent", "surgeon", "surveyor", "tailor",
    "teacher", "trader", "trainee", "tribesman", "trucker", "trustee", "veteran", "vicar", "villager", "volunteer", "waiter", "waitress", "warden", "weaver", "welder", "widow", "writer",
];

/// Titles of people who speak for nobody but themselves.
#[rustfmt::skip]
const EXPERTS: &[&str] = &[
    "activist", "analyst", "anthropologist", "author", "biologist", "columnist", "consultant", "correspondent", "demographer", "doctor", "dr.", "dr", "economist", "editor", "expert", "farmer",
    "fellow", "geographer", "geologist", "historian", "hydrologist", "journalist", "jurist", "lawyer", "lecturer", "novelist", "nurse", "physician", "poet", "prof", "prof.", "professor", "reporter",
    "researcher", "resident", "scholar", "scientist", "sociologist", "strategist", "student", "surgeon", "teacher", "trader", "veteran", "villager", "writer",
];

#[rustfmt::skip]
const LEARNED: &[&str] = &[
    "academy", "center", "centre", "college", "hospital", "institute", "institution", "museum", "newspaper", "observatory", "school", "society", "studies", "university", "polytechnic",
];

/// Titles whose bearers speak for those who sent them.
#[rustfmt::skip]
const MOUTHPIECES: &[&str] = &[
    "aide", "ambassador", "delegate", "diplomat", "envoy", "negotiator", "official", "representative", "spokesman",
    "spokesperson", "spokeswoman", "undersecretary",
];

/// Titles of those who decide for a state.
const RULERS: &[&str] =
    &["president", "ex-president", "premier", "chancellor", "king", "queen", "emir", "sultan", "taoiseach"];

/// Nouns for people and bodies that act for their owner: "the Omani delegation", "leaders of Oman".
#[rustfmt::skip]
const ORGANS: &[&str] = &[
    "administration", "aide", "aides", "ambassador", "ambassadors", "army", "authorities", "ayatollah", "cabinet", "chancellor",
    "bosses", "executives", "management", "palace",
    "delegate", "delegates", "delegation", "delegations", "diplomat", "diplomats", "embassy", "envoy", "envoys", "forces",
    "government", "governments", "junta", "king", "lawmakers", "leader", "leaders", "leadership", "mediator", "mediators",
    "military", "minister", "ministers", "ministry", "monarch", "navy", "negotiator", "negotiators", "office", "officer",
    "officers", "official", "officials", "parliament", "people", "premier", "presidency", "president", "presidents", "prince", "rulers", "generals", "commanders", "mps", "senators", "deputies", "politicians",
    "regime", "representative", "representatives", "secretary", "side", "soldiers", "spokesman", "spokesmen",
    "spokesperson", "spokeswoman", "state", "team", "troops",
];

/// Nouns for groups that are actors themselves: "the rebels", "the union".
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "airline", "airlines", "alliance", "bank", "banks", "belligerents", "bishops", "bloc", "board", "family", "wing", "cartel", "cartels",
    "church", "clans", "coalition", "combatants", "command", "commanders", "committee", "companies", "company", "court",
    "creditors", "doctors", "drivers", "employees", "employer", "employers", "faction", "factions", "families", "farmers", "fighters",
    "firm", "firms", "gang", "gangs", "generals", "group", "groups", "guerrillas", "gunmen", "hijackers", "insurgents",
    "islamists", "jihadists", "kidnappers", "lenders", "militants", "militia", "militias", "movement",
    "negotiators", "nurses", "opposition", "owners", "parties", "party", "pilots", "players", "police", "prisoners",
    "protesters", "rebels", "regulators", "residents", "separatists", "settlers", "shareholders", "source", "sources",
    "strikers", "students", "teachers", "tenants", "tribes", "union", "unions", "warlords", "workers",
];

/// Nouns that make a run of capitalised words an organisation.
#[rustfmt::skip]
const ORGANISATIONS: &[&str] = &[
    "administration", "affairs", "agency", "airlines", "airways", "alliance", "army", "assembly", "association", "authority",
    "bank", "board", "brigade", "brigades", "bureau", "center", "centre", "chamber", "coalition", "command", "commission",
    "committee", "commons", "company", "confederation", "conference", "congress", "corporation", "council", "court",
    "daily", "department", "directorate", "federation", "force", "forces", "forum", "foundation", "front", "fund",
    "government", "group", "guard", "guards", "house", "initiative", "institute", "journal", "knesset", "league",
    "liberation", "mail", "ministry", "mission", "movement", "navy", "network", "news", "observatory", "office", "organisation",
    "organization", "parliament", "party", "police", "post", "rally", "secretariat", "senate", "service", "services",
    "society", "team", "teamsters", "times", "tribunal", "union", "university", "watch", "workers",
    "air", "airline", "bakers", "basin", "bloc", "builders", "caucus", "charity", "circle", "citizens", "club", "collective", "college", "committees", "congregation",
    "conservatives", "consortium", "cooperative", "corporation", "corps", "crescent", "cross", "crews", "defenders", "democrats", "diocese", "dockers", "emergency",
    "employers", "energy", "exchange", "farmers", "fellowship", "ferries", "fishermen", "foods", "freight", "greens", "guild", "healthcare", "health", "holdings", "homeland",
    "hospitals", "hub", "industries", "institution", "joint", "labour", "liberals", "lines", "list", "lobby", "logistics", "metals", "mills", "mines", "mining", "monitor",
    "mothers", "motors", "museum", "nurses", "oil", "parents", "partners", "partnership", "patriots", "pilots", "port", "ports", "quarries", "quarry", "railway", "railways",
    "rebels", "rangers", "regiment", "resistance", "schools", "seafarers", "shipping", "shipyards", "socialists", "sons", "daughters", "steel", "steelworks",
    "stores", "supermarkets", "syndicate", "systems", "teachers", "telecom", "transport", "trust", "veterans", "villages", "volunteers", "wire", "women", "works",
];

/// First words of organisations that say where they are from or what they are for, not which they are.
#[rustfmt::skip]
const ORIGINS: &[&str] = &[
    "all", "central", "democratic", "east", "eastern", "federal", "free", "general", "grand", "great", "greater", "high", "independent", "international", "joint",
    "movement", "national", "new", "north", "northern", "old", "party", "people's", "popular", "red", "regional", "royal", "south", "southern", "state", "supreme",
    "union", "united", "west", "western", "world", "young", "sons", "association", "federation", "front", "army", "league", "ministry", "council",
];

/// What an organisation with this last word is called when its name is not repeated.
#[rustfmt::skip]
const CLASSES: &[(&[&str], &[&str])] = &[
    (&["company", "firm", "operator", "employer", "business", "carrier", "chain", "producer"], &["air", "airlines", "airways", "bank", "company", "corporation", "energy", "ferries", "foods", "freight", "group", "healthcare", "health", "holdings",
        "hospitals", "industries", "lines", "logistics", "metals", "mills", "mines", "mining", "motors", "oil", "partners", "quarries", "quarry", "railway",
        "railways", "shipping", "shipyards", "steel", "steelworks", "stores", "supermarkets", "systems", "telecom", "transport", "works",
        "breweries", "cement", "chemicals", "clinics", "copper", "dairy", "estates", "gold", "hotels", "lithium", "media", "minerals", "pharma", "pharmaceuticals", "properties", "resources", "studios"]),
    (&["union"], &["association", "brotherhood", "crews", "dockers", "federation", "guild", "nurses", "pilots", "seafarers", "syndicate", "teachers", "teamsters", "union", "workers"]),
    (&["party"], &["alliance", "conservatives", "democrats", "front", "greens", "labour", "league", "liberals", "list", "movement", "party", "patriots", "rally", "socialists", "union"]),
    (&["group", "faction", "insurgents", "militants", "militia", "movement", "rebels"], &["army", "brigade", "brigades", "command", "committee", "front", "guard", "guards", "initiative", "liberation", "militia", "movement", "network", "rebels", "resistance", "sons", "watch"]),
    (&["bloc"], &["community", "nations", "states"]),
    (&["charity"], &["charity", "crescent", "cross", "foundation", "trust"]),
];

/// Nouns and regions that make a run of capitalised words neither a person nor an organisation.
#[rustfmt::skip]
const PLACES_AND_THINGS: &[&str] = &[
    "aleppo", "accord", "accords", "act", "africa", "agreement", "agreements", "airport", "asia", "avenue", "battle", "bay", "bill",
    "building", "caliphate", "caribbean", "central", "charter", "city", "civil", "coast", "commonwealth", "conflict", "constitution",
    "convention", "county", "crimea", "crisis", "dam", "darfur", "day", "deal", "declaration", "desert", "district", "earth", "east", "eastern", "eu-wide",
    "euphrates", "europe", "framework", "gaza", "gulf", "hall", "highway", "horn", "hospital", "hotel", "island", "islands", "lake",
    "law", "mediterranean", "memorandum", "mount", "north", "northern", "northwestern", "ocean", "online", "order", "palace",
    "peace", "peninsula", "plan", "port", "process", "project", "protocol", "province", "questions", "region", "resolution",
    "river", "road", "sea", "south", "southern", "square", "station", "strait", "street", "strip", "summit", "talks", "today", "treaty",
    "truce", "twitter", "facebook", "telegram", "valley", "victory", "war", "week", "west", "western", "world",
];

/// Nouns that say where their owner stands: "Oman's readiness".
#[rustfmt::skip]
const STANCES: &[&str] = &[
    "acceptance", "ambition", "answer", "appeal", "attempt", "attempts", "boycott", "call", "calls", "commitment",
    "decision", "demand", "demands", "desire", "determination", "efforts", "failure", "hope", "hopes", "insistence",
    "intention", "intransigence", "invitation", "offer", "openness", "opposition", "optimism", "plea", "pledge",
    "position", "proposal", "readiness", "pursuit", "refusal", "rejection", "reluctance", "reply", "request", "response", "silence",
    "stance", "support", "threat", "unwillingness", "vow", "walkout", "willingness", "withdrawal",
];

/// Words (or their beginnings, with a star) that make a reproach one about negotiation.
#[rustfmt::skip]
const NEGOTIATION: &[&str] = &[
    "accord*", "agree*", "armistice", "bargain*", "cease-fire*", "ceasefire*", "compromis*", "concession*", "conciliat*", "deal",
    "deals", "dialog*", "diploma*", "mediat*", "negotiat*", "obstruct*", "offer*", "peace*", "proposal*", "refus*", "sabotag*",
    "bad", "block*", "break*", "coalition*", "delay*", "derail*", "dictat*", "drag*", "evad*", "haggl*", "invit*", "meet*", "readi*", "reject*", "scuttl*", "stonewall*", "torpedo*", "undermin*", "walk*", "willing*", "wreck*",
    "settlement", "sign*", "meant", "stall*", "table", "talks", "talk", "truce*", "swap", "walkout",
];

#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "along", "alongside", "amid", "among", "around", "as", "at", "before",
    "behind", "between", "beyond", "by", "despite", "down", "during", "following", "for", "from", "in", "inside", "into", "near",
    "of", "off", "on", "over", "since", "through", "throughout", "to", "toward", "towards", "under", "until", "unlike", "upon",
    "via", "with", "within", "without",
];

#[rustfmt::skip]
const SUBORDINATORS: &[&str] = &[
    "although", "because", "but", "if", "lest", "once", "so", "than", "that", "though", "unless", "what", "when", "where",
    "whereas", "whether", "which", "while", "who", "whom", "whose", "why",
];

#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "a", "all", "an", "any", "both", "each", "either", "every", "her", "his", "its", "many", "most", "my", "neither", "no",
    "one", "our", "several", "some", "such", "that", "the", "their", "these", "this", "those", "two", "your",
];

#[rustfmt::skip]
const CALENDAR: &[&str] = &[
    "april", "august", "december", "evening", "february", "friday", "january", "july", "june", "march", "may", "monday",
    "month", "morning", "night", "november", "october", "saturday", "september", "sunday", "thursday", "today",
    "tomorrow", "tonight", "tuesday", "wednesday", "week", "year", "yesterday",
];

#[rustfmt::skip]
const ADVERBS: &[&str] = &[
    "ago", "again", "almost", "already", "also", "always", "even", "ever", "far", "first", "further", "furthermore", "here", "however",
    "indeed", "instead", "just", "late", "later", "likewise", "meanwhile", "moreover", "never", "nevertheless", "nonetheless",
    "not", "now", "often", "once", "only", "otherwise", "perhaps", "rather", "really", "respectively", "simply", "since",
    "soon", "still", "then", "there", "thereby", "thus", "too", "twice", "well", "yet", "yes", "earlier", "again",
];

/// Small words inside a name.
#[rustfmt::skip]
const PARTICLES: &[&str] =
    &["al", "ben", "bin", "da", "de", "del", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ter", "van", "von"];

/// Participles after "is" that leave the subject the one who acts or feels.
#[rustfmt::skip]
const ACTIVE_PARTICIPLES: &[&str] = &[
    "aimed", "believed", "cited", "committed", "concerned", "dedicated", "determined", "disappointed", "engaged", "expected", "fed", "inclined",
    "interested", "involved", "opposed", "pleased", "prepared", "quoted", "reported", "resigned", "resolved", "satisfied", "scheduled", "set",
    "supposed", "willing", "worried",
];

/// What "both" and "the two" can be said of.
#[rustfmt::skip]
const PAIRED: &[&str] = &[
    "armies", "capitals", "countries", "delegations", "governments", "leaders", "nations", "neighbors", "neighbours",
    "parties", "presidents", "sides", "states",
];

/// Kinds of document that are someone's own words throughout.
#[rustfmt::skip]
const GENRES: &[&str] = &[
    "address", "communique", "communiqué", "declaration", "letter", "message", "op-ed", "remarks", "speech", "statement", "testimony",
];

macro_rules! membership {
    ($($name:ident => $list:ident: $doc:literal;)*) => {
        $(#[doc = $doc]
        pub(super) fn $name(lower: &str) -> bool {
            $list.contains(&lower)
        })*
    };
}

/// Nouns of news media, and media known by name: they report and hold no stance.
#[rustfmt::skip]
const MEDIA: &[&str] = &[
    "abc", "afp", "agency", "ap", "bbc", "bloomberg", "broadcaster", "cbs", "cnn", "daily", "fox", "globe", "guardian", "herald",
    "bulletin", "chronicle", "courier", "dispatch", "echo", "gazette", "mirror", "observer", "press", "standard", "star", "sun", "wire", "weekly",
    "journal", "mail", "media", "nbc", "news", "newspaper", "npr", "outlet", "pbs", "post", "radio", "reuters", "telegraph",
    "television", "times", "tribune", "tv",
];

membership! {
    is_title => TITLES: "A word that stands before a person's name.";
    is_mouthpiece => MOUTHPIECES: "A title whose bearer speaks for those who sent them.";
    is_ruler => RULERS: "A title of someone who decides for a state.";
    is_organ => ORGANS: "A noun for those who act for their owner.";
    is_group => GROUPS: "A noun for a group that is an actor itself.";
    is_organisation => ORGANISATIONS: "A noun that makes capitalised words an organisation.";
    is_place_or_thing => PLACES_AND_THINGS: "A noun that makes capitalised words neither person nor organisation.";
    is_stance => STANCES: "A noun that says where its owner stands.";
    is_preposition => PREPOSITIONS: "A preposition.";
    is_subordinator => SUBORDINATORS: "A word that opens a clause.";
    is_determiner => DETERMINERS: "An article or another determiner.";
    is_calendar => CALENDAR: "A day, month or other time word.";
    is_particle => PARTICLES: "A small word inside a name.";
    is_active_participle => ACTIVE_PARTICIPLES: "A participle that leaves the subject the one who acts.";
    is_medium => MEDIA: "A news medium.";
    is_genre => GENRES: "A kind of document that is someone's own words throughout.";
    is_origin => ORIGINS: "A first word of an organisation's name that does not tell which it is.";
    is_listed_role => ROLES: "What a person does, before the name: \"farmer\", \"headwoman\".";
    is_expert => EXPERTS: "A title of someone who speaks for nobody else.";
    is_learned => LEARNED: "A noun in the name of an organisation whose people speak for themselves.";
    is_paired => PAIRED: "What \"both\" can be said of.";
}

/// Someone who asks and whom no pronoun means.
pub(super) fn is_interviewer(lower: &str) -> bool {
    matches!(
        lower.rsplit(' ').next(),
        Some("reporter" | "interviewer" | "moderator" | "host" | "correspondent" | "presenter")
    )
}

/// A noun in the name of what every state has: "Foreign Ministry".
pub(super) fn is_state_body(lower: &str) -> bool {
    matches!(
        lower,
        "administration"
            | "cabinet"
            | "delegation"
            | "department"
            | "embassy"
            | "foreign"
            | "government"
            | "ministry"
            | "office"
            | "parliament"
            | "presidency"
    )
}

/// A last word by which an organisation is a society of its own, though an adjective says where it is.
pub(super) fn is_society(lower: &str) -> bool {
    matches!(
        lower,
        "alliance"
            | "association"
            | "bishops"
            | "centre"
            | "center"
            | "chamber"
            | "club"
            | "confederation"
            | "crescent"
            | "federation"
            | "forum"
            | "foundation"
            | "front"
            | "guild"
            | "institute"
            | "league"
            | "list"
            | "lobby"
            | "movement"
            | "network"
            | "party"
            | "society"
            | "trust"
            | "union"
            | "university"
    )
}

/// A word before a colon that announces no speaker: "BREAKING:".
pub(super) fn is_notice(lower: &str) -> bool {
    const NOTICES: &[&str] = &[
        "analysis",
        "breaking",
        "clarification",
        "comment",
        "correction",
        "explainer",
        "exclusive",
        "feature",
        "live",
        "more",
        "note",
        "opinion",
        "photo",
        "picture",
        "profile",
        "ps",
        "read",
        "related",
        "summary",
        "timeline",
        "update",
        "updated",
        "video",
        "warning",
        "watch",
    ];
    NOTICES.contains(&lower)
}

/// A noun for what is a state's without saying whose: "the government", "the junta".
pub(super) fn is_of_state(noun: &str) -> bool {
    const NOUNS: &[&str] = &[
        "administration",
        "army",
        "cabinet",
        "country",
        "crown",
        "government",
        "junta",
        "kingdom",
        "leadership",
        "military",
        "nation",
        "palace",
        "parliament",
        "presidency",
        "regime",
        "republic",
        "state",
    ];
    NOUNS.contains(&noun)
}

/// What a person does or is, before the name: "farmer", "headwoman", "mum-of-three".
pub(super) fn is_role(lower: &str) -> bool {
    is_listed_role(lower)
        || ["mum-of-", "mother-of-", "dad-of-", "father-of-"].iter().any(|p| lower.starts_with(p))
}

/// A noun for one person by what he or she is: "minister", "farmer"; not "army" or "defence".
pub(super) fn is_individual(noun: &str) -> bool {
    const PARTS_OF_TITLES: &[&str] = &[
        "acting",
        "caretaker",
        "crown",
        "defence",
        "defense",
        "executive",
        "finance",
        "foreign",
        "former",
        "interim",
        "interior",
        "justice",
        "majority",
        "minority",
        "opposition",
        "outgoing",
        "press",
        "presidential",
        "prime",
        "rebel",
        "republican",
        "security",
        "special",
        "state",
        "treasury",
        "vice",
    ];
    (is_title(noun) || is_role(noun)) && !PARTS_OF_TITLES.contains(&noun)
}

/// What an organisation whose name ends in `last` is called when its name is not repeated: "company", "union".
pub(super) fn classes_of(last: &str) -> impl Iterator<Item = &'static str> {
    CLASSES
        .iter()
        .filter(move |(_, words)| words.contains(&last))
        .flat_map(|(names, _)| names.iter().copied())
}

/// An adverb: a listed one or any word in "-ly".
pub(super) fn is_adverb(lower: &str) -> bool {
    ADVERBS.contains(&lower)
        || (lower.ends_with("ly")
            && !matches!(
                lower,
                "ally"
                    | "apply"
                    | "assembly"
                    | "comply"
                    | "family"
                    | "imply"
                    | "italy"
                    | "july"
                    | "monopoly"
                    | "rally"
                    | "reply"
                    | "supply"
            ))
}

/// A word that makes a reproach one about negotiation.
pub(super) fn is_negotiation(lower: &str) -> bool {
    NEGOTIATION.iter().any(|w| match w.strip_suffix('*') {
        Some(start) => lower.starts_with(start),
        None => *w == lower,
    })
}

/// A word that never begins or continues a name, though it may be capitalised at the start of a sentence.
pub(super) fn is_function_word(lower: &str) -> bool {
    is_preposition(lower)
        || is_subordinator(lower)
        || is_determiner(lower)
        || is_adverb(lower)
        || is_pronoun(lower)
        || matches!(
            lower,
            "another"
                | "others"
                | "none"
                | "nobody"
                | "someone"
                | "everyone"
                | "and"
                | "or"
                | "nor"
                | "per"
                | "according"
                | "per cent"
                | "let"
                | "thank"
                | "yes"
                | "no"
                | "how"
        )
}

/// A determiner that can be a subject of its own: "this shows".
pub(super) fn can_stand_alone(lower: &str) -> bool {
    matches!(
        lower,
        "this"
            | "that"
            | "these"
            | "those"
            | "all"
            | "both"
            | "one"
            | "each"
            | "either"
            | "neither"
            | "many"
            | "some"
    )
}

/// A pronoun that is never a subject, or a word that never begins one.
pub(super) fn is_pronoun_object(lower: &str) -> bool {
    matches!(
        lower,
        "him"
            | "me"
            | "us"
            | "them"
            | "to"
            | "on"
            | "in"
            | "by"
            | "at"
            | "of"
            | "so"
            | "nothing"
            | "something"
    )
}

/// What speaks only as a figure of speech: "the report said".
pub(super) fn is_writing(lower: &str) -> bool {
    const WRITINGS: &[&str] = &[
        "account",
        "accounts",
        "agreement",
        "analysis",
        "announcement",
        "article",
        "bill",
        "bulletin",
        "calculation",
        "calculations",
        "communique",
        "communiqué",
        "contract",
        "count",
        "data",
        "deal",
        "declaration",
        "document",
        "documents",
        "draft",
        "estimate",
        "estimates",
        "figures",
        "file",
        "footage",
        "images",
        "law",
        "leaflet",
        "letter",
        "list",
        "map",
        "media",
        "memo",
        "message",
        "minutes",
        "news",
        "note",
        "notice",
        "paper",
        "papers",
        "plan",
        "plans",
        "poll",
        "polls",
        "proposal",
        "readout",
        "record",
        "records",
        "release",
        "report",
        "reports",
        "review",
        "rumour",
        "rumor",
        "rumours",
        "rumors",
        "rules",
        "sign",
        "statement",
        "statements",
        "statistics",
        "story",
        "study",
        "survey",
        "terms",
        "text",
        "transcript",
        "treaty",
        "video",
        "website",
        "witness-list",
        "it",
        "this",
        "that",
        "there",
        "what",
        "which",
        "who",
        "nothing",
        "everything",
        "all",
        "schedule",
        "calendar",
        "programme",
        "program",
        "agenda",
        "banner",
        "banners",
        "placard",
        "poster",
        "caption",
        "headline",
    ];
    WRITINGS.contains(&lower)
}

/// A personal pronoun that can be a subject.
pub(super) fn is_pronoun(lower: &str) -> bool {
    matches!(
        lower,
        "i" | "he" | "she" | "it" | "we" | "they" | "you" | "everyone" | "nobody" | "everybody" | "there"
    )
}
