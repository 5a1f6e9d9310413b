#pragma once
// A document of the service's, parsed and found to be one: XML in an encoding that is known, no DOCTYPE, no zero
// character, within its limits, XmlMsg at its root. Pure.

#include <pugixml.hpp>
#include <string_view>

#include "net/oqs_xml.h"

namespace uketsuke::net::internal {

struct LoadedDocument {
    bool repaired = false;    ///< some bytes were no text and became U+FFFD
    bool references = false;  ///< character references stand in it, which may name what is no character
};

/// BadAnswer, AnswerTooBig: as read_answer().
Result<LoadedDocument> load_document(std::string_view text, const XmlLimits& limits, pugi::xml_document& document);

}  // namespace uketsuke::net::internal
